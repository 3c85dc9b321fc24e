package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind: its history and its events, read back. */
class RunRecordsTest {
  private static final DataSet DIGITS = DataSources.open("digits");

  @TempDir Path folder;

  private TrainingResult run(TrainingListener listener, int epochs) {
    return new Recipe(() -> new SoftmaxRegression(64, 10), MomentumByHand::new).batch(2).epochs(epochs).seed(1)
        .rate((step, steps, epochSteps) -> 0.01 / step).trainer(DIGITS, folder.resolve("w.safetensors"), listener).run();
  }

  @Test
  void aHistoryHasAFewPointsHoweverManySteps() {
    History history = new History();
    TrainingResult result = run(history, 2);
    assertThat(result.steps()).isEqualTo(1438);
    assertThat(history.points()).hasSize(500 + (1438 - 1000) / 2);
    assertThat(history.points().getFirst().step()).isEqualTo(2);
    assertThat(history.points().getLast().step()).isEqualTo(1438);
    assertThat(history.points().getLast().rate()).isEqualTo((float) (0.01 / 1438));
    double mean = history.points().subList(0, 359).stream().mapToDouble(History.Point::loss).average().orElseThrow();
    assertThat(history.epochs().getFirst().loss()).isBetween(mean * 0.99, mean * 1.01);
    assertThat(history.csv().lines().skip(1)).hasSize(2).first().asString()
        .matches("1,719,[0-9.]+,1\\.39\\d+e-05,[0-9.]+,[0-9.]*,[0-9.]+,[0-9.]+");
  }

  @Test
  void eventsAreFramedAndSummed() throws IOException {
    TensorBoardEvents events = new TensorBoardEvents(folder.resolve("runs"));
    events.scalar("test/loss", 300, 0.5);
    events.scalar("test/nothing", 300, Double.NaN);
    List<byte[]> records = records(Files.readAllBytes(events.file()));
    assertThat(records).hasSize(2);
    assertThat(new String(records.get(0), StandardCharsets.ISO_8859_1)).endsWith("brain.Event:2");
    ByteBuffer event = ByteBuffer.wrap(records.get(1)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(event.get()).isEqualTo((byte) 0x09);
    assertThat(event.getDouble()).isBetween(1e9, 1e10);
    // step: field 2, varint 300; summary: field 5; its only value: field 1; tag: field 1, simple_value: field 2, fixed32
    byte[] rest = new byte[event.remaining()];
    event.get(rest);
    ByteBuffer expected = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {0x10, (byte) 0xAC, 0x02, 0x2A, 18, 0x0A, 16, 0x0A, 9});
    expected.put("test/loss".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x15).putFloat(0.5f);
    assertThat(rest).isEqualTo(java.util.Arrays.copyOf(expected.array(), expected.position()));
  }

  @Test
  void aRunIsWrittenAsEvents() throws IOException {
    TensorBoardEvents events = new TensorBoardEvents(folder.resolve("runs"));
    run(events, 1);
    List<String> texts = records(Files.readAllBytes(events.file())).stream()
        .map(r -> new String(r, StandardCharsets.ISO_8859_1)).toList();
    for (String name : List.of("train/batch_loss", "train/rate", "train/loss", "test/loss", "test/accuracy")) {
      assertThat(texts).anyMatch(text -> text.contains(name));
    }
  }

  /** Length, its sum, content, its sum: as TensorFlow's record reader checks them. */
  private static List<byte[]> records(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (data.hasRemaining()) {
      int start = data.position();
      int length = (int) data.getLong();
      assertThat(unmasked(data.getInt())).isEqualTo(sum(file, start, 8));
      byte[] record = new byte[length];
      data.get(record);
      assertThat(unmasked(data.getInt())).isEqualTo(sum(file, start + 12, length));
      records.add(record);
    }
    return records;
  }

  private static int unmasked(int masked) {
    int turned = masked - 0xa282ead8;
    return turned >>> 17 | turned << 15;
  }

  private static int sum(byte[] data, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, length);
    return (int) crc.getValue();
  }
}
