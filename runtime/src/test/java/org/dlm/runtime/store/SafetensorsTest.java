package org.dlm.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  /** A file with this header text and this many data bytes, 0, 1, 2, ... */
  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    for (int i = 0; i < dataBytes; i++) {
      bytes.put((byte) i);
    }
    return raw(bytes.array());
  }

  private Path raw(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("weights.safetensors"), bytes);
  }

  private void refused(Path file, String... parts) {
    assertThatThrownBy(() -> SafetensorsFile.open(file).close()).isInstanceOf(InputProblem.class)
        .hasMessageContainingAll(parts).hasMessageContaining(file.toString());
  }

  @Test
  void writesWhatItReads() {
    Path file = folder.resolve("new/folder/a.safetensors");
    float[] many = new float[600_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.25f;
    }
    new SafetensorsWriter()
        .add("a.\"quoted\"", many, 1, 600, 1000)
        .add("i", IntTensor.of(new int[] {1, -2, Integer.MAX_VALUE}, 3))
        .add("b", new IntTensor(ElementType.BOOL, new int[] {1, 0, 1}, 3))
        .add("scalar", FloatTensor.scalar(7))
        .add("empty", new float[0], 0, 0, 4)
        .write(file, Map.of("note", "line\nbreak"));
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertThat(open.metadata()).containsEntry("note", "line\nbreak");
      FloatTensor a = (FloatTensor) open.read("a.\"quoted\"", ElementType.F32);
      assertThat(a.shape()).containsExactly(600, 1000);
      assertThat(a.data()[0]).isEqualTo(0.25f);
      assertThat(a.data()[599_999]).isEqualTo(150_000f);
      assertThat(((IntTensor) open.read("i", ElementType.I32)).data()).containsExactly(1, -2, Integer.MAX_VALUE);
      assertThat(((IntTensor) open.read("b", ElementType.BOOL)).data()).containsExactly(1, 0, 1);
      assertThat(((FloatTensor) open.read("scalar", ElementType.F32)).shape()).isEmpty();
      assertThat(((FloatTensor) open.read("empty", ElementType.F32)).shape()).containsExactly(0, 4);
    }
  }

  @Test
  void convertsOtherTypesToThoseAModelWants() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 + 8 + 2 + 2 + 1).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putLong(-5).putShort((short) 0x3E00).putShort((short) 0xC040).put((byte) 200);
    byte[] header = ("""
        {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"l":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},\
        "h":{"dtype":"F16","shape":[1],"data_offsets":[16,18]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[18,20]},\
        "u":{"dtype":"U8","shape":[1],"data_offsets":[20,21]}}""").getBytes(StandardCharsets.UTF_8);
    Path file = raw(ByteBuffer.allocate(8 + header.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length).put(header).put(data.array()).array());
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertThat(one(open, "d")).isEqualTo(0.1f);
      assertThat(one(open, "l")).isEqualTo(-5f);
      assertThat(one(open, "h")).isEqualTo(1.5f);
      assertThat(one(open, "b")).isEqualTo(-3f);
      assertThat(one(open, "u")).isEqualTo(200f);
      assertThat(((IntTensor) open.read("l", ElementType.I32)).data()).containsExactly(-5);
      assertThatThrownBy(() -> open.read("d", ElementType.I32)).isInstanceOf(InputProblem.class)
          .hasMessageContaining("whole numbers");
      assertThatThrownBy(() -> open.read("u", ElementType.BOOL)).isInstanceOf(InputProblem.class)
          .hasMessageContaining("200");
      assertThatThrownBy(() -> open.read("dd", ElementType.F32)).isInstanceOf(InputProblem.class)
          .hasMessageContaining("did you mean `d`");
    }
  }

  private static float one(SafetensorsFile open, String name) {
    return ((FloatTensor) open.read(name, ElementType.F32)).data()[0];
  }

  @Test
  void refusesAnIntegerThatDoesNotFit() throws IOException {
    Path file = file("{\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      assertThatThrownBy(() -> open.read("l", ElementType.I32)).isInstanceOf(InputProblem.class)
          .hasMessageContaining("32-bit");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 7 | has only 7",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 9 | after the last tensor",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | takes 12 bytes",
      "{\"a\":{\"dtype\":\"F23\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | did you mean `F32`",
      "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | unknown dtype",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | whole numbers",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | begin and end",
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}} | 0 | more elements",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}} | 6 | overlaps `a`",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}} | 6 | 2 bytes before",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} | 1 | twice",
      "{\"a\": | 0 | ends too early",
      "[1] | 0 | must be an object",
  })
  void refusesALyingHeader(String header, int dataBytes, String part) throws IOException {
    refused(file(header, dataBytes), part);
  }

  @Test
  void refusesWhatIsNoSafetensorsFile() throws IOException {
    refused(raw(new byte[0]), "only 0 bytes");
    refused(raw(new byte[] {1, 2, 3}), "only 3 bytes");
    refused(raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}), "18446744073709551615");
    refused(raw(new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0}), "16777216");
    refused(raw(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, -1, -1}), "UTF-8");
    refused(folder.resolve("none.safetensors"), "no such file");
    refused(folder, "directory");
  }

  @Test
  void refusesADeeplyNestedHeader() throws IOException {
    refused(file("[".repeat(100_000), 0), "nested");
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file, not a folder").resolve("w.safetensors");
    assertThatThrownBy(() -> new SafetensorsWriter().write(blocked, Map.of())).isInstanceOf(InputProblem.class)
        .hasMessageContaining("is a file, not a folder");
    assertThatThrownBy(() -> new SafetensorsWriter().write(folder, Map.of())).isInstanceOf(InputProblem.class)
        .hasMessageContaining("directory");
    Path old = Files.writeString(folder.resolve("old"), "old");
    assertThatThrownBy(() -> AtomicFile.write(old, channel -> {
      channel.write(ByteBuffer.wrap(new byte[10]));
      throw new IOException("no space left");
    })).isInstanceOf(InputProblem.class).hasMessageContaining("no space left");
    assertThat(old).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("blocked", "old");
    }
  }
}
