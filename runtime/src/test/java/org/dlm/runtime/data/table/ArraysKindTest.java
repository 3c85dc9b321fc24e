package org.dlm.runtime.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.store.NumpyFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArraysKindTest {
  @TempDir Path folder;

  private static Map<String, Tensor> tensors(int count) {
    float[] x = new float[count * 2];
    int[] label = new int[count];
    for (int i = 0; i < count; i++) {
      x[2 * i] = i;
      label[i] = i % 2;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", new FloatTensor(x, count, 2));
    tensors.put("label", IntTensor.of(label, count));
    return tensors;
  }

  private static void refused(Path file, String... parts) {
    assertThatThrownBy(() -> DataSources.open("arrays:" + file)).isInstanceOf(InputProblem.class).hasMessageContainingAll(parts);
  }

  @Test
  void numpyAndSafetensorsGiveTheSame() {
    Path numpy = folder.resolve("data.npz");
    NumpyFile.write(numpy, tensors(20));
    Path safetensors = folder.resolve("data.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors(20).forEach(writer::add);
    writer.write(safetensors, Map.of());
    for (Path file : new Path[] {numpy, safetensors}) {
      DataSet set = DataSources.open("arrays:" + file + ",validation=0.25");
      assertThat(new int[] {set.train().count(), set.validation().count(), set.test().count()}).containsExactly(12, 4, 4);
      assertThat(((Column.Ints) set.test().columns().stream().filter(c -> c.name().equals("label")).findFirst().orElseThrow()).data())
          .containsExactlyInAnyOrder(0, 0, 1, 1);
    }
    Map<String, Tensor> parted = tensors(5);
    tensors(3).forEach((name, tensor) -> parted.put("test." + name, tensor));
    NumpyFile.write(numpy, parted);
    DataSet set = DataSources.open("arrays:" + numpy);
    assertThat(set.train().count()).isEqualTo(5);
    assertThat(set.test().count()).isEqualTo(3);
  }

  @Test
  void typesAndOrdersOfNumpyAreRead() throws IOException {
    Path file = folder.resolve("a.npy");
    Files.write(file, numpy(">i2", "(2, 3)", new byte[] {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 2, 88}));
    assertThat(((IntTensor) NumpyFile.read(file).get("x")).data()).containsExactly(1, 2, 3, 4, 5, 600);
    assertThat(NumpyFile.read(file).get("x").shape()).containsExactly(2, 3);
    Files.write(file, numpy("<f2", "(2,)", new byte[] {0, 0x38, 0, (byte) 0xC0}));
    assertThat(((FloatTensor) NumpyFile.read(file).get("x")).data()).containsExactly(0.5f, -2);
    Files.write(file, numpy("|b1", "()", new byte[] {1}));
    assertThat(((IntTensor) NumpyFile.read(file).get("x")).data()).containsExactly(1);
    NumpyFile.write(file, Map.of("y", new FloatTensor(new float[] {1, 2, 3}, 3, 1)));
    byte[] written = Files.readAllBytes(file);
    assertThat((written.length - 12) % 64).as("the numbers begin at a multiple of 64").isZero();
    assertThat(new String(written, StandardCharsets.ISO_8859_1)).contains("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 1,), }");
  }

  private static byte[] numpy(String type, String shape, byte[] data) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    byte[] head = ("\u0093NUMPY\1\0" + (char) header.length() + "\0" + header).getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + data.length);
    System.arraycopy(data, 0, all, head.length, data.length);
    return all;
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Path file = folder.resolve("a.npy");
    refused(folder.resolve("none.npz"), "no such file");
    Files.writeString(file, "rubbish, not numbers");
    refused(file, "not an array of NumPy");
    Files.write(file, numpy("<f4", "(9,)", new byte[8]));
    refused(file, "36 bytes", "8 are there");
    Files.write(file, numpy("<c8", "(1,)", new byte[8]));
    refused(file, "another type");
    Files.write(file, numpy("<i8", "(1,)", new byte[] {0, 0, 0, 0, 0, 0, 0, 1}));
    refused(file, "too large for i32");
    Map<String, Tensor> uneven = tensors(4);
    uneven.put("y", new FloatTensor(new float[3], 3));
    NumpyFile.write(folder.resolve("b.npz"), uneven);
    refused(folder.resolve("b.npz"), "`y` has the shape [3], others have 4 examples");
    assertThatThrownBy(() -> NumpyFile.write(file, tensors(1))).hasMessageContaining("holds one array");
  }
}
