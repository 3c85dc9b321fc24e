import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options, the timing loop and the rows of a Java peer: those of the peers' Python scripts. */
final class PeerTiming {
  private final Map<String, String> options = new HashMap<>();
  private final List<String> rows = new ArrayList<>();

  /** {@code --only MODEL --seconds S --threads T --json FILE}, and what a peer needs besides. */
  PeerTiming(String[] arguments) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
    }
  }

  String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is needed");
    }
    return value;
  }

  int threads() {
    return Integer.parseInt(option("threads"));
  }

  /** A call that is timed. */
  interface Call {
    void run() throws Exception;
  }

  /** Times an inference for half of {@code --seconds}, after a warm-up of a third of that. */
  void infer(int batch, Call call) throws Exception {
    double seconds = Double.parseDouble(option("seconds")) / 2;
    long end = System.nanoTime() + (long) (seconds / 3 * 1e9);
    for (int n = 0; n < 3 || System.nanoTime() < end; n++) {
      call.run();
    }
    double[] millis = new double[1 << 20];
    int count = 0;
    end = System.nanoTime() + (long) (seconds * 1e9);
    while (count < 5 || System.nanoTime() < end && count < millis.length) {
      long start = System.nanoTime();
      call.run();
      millis[count++] = (System.nanoTime() - start) * 1e-6;
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    System.out.printf(Locale.ROOT, "%-12s infer  batch %3d  median %9.3f ms  min %9.3f ms%n", option("only"), batch,
        sorted[count / 2], sorted[0]);
    rows.add(String.format(Locale.ROOT,
        "{\"model\": \"%s\", \"phase\": \"infer\", \"batch\": %d, \"median_ms\": %.6f, \"min_ms\": %.6f}",
        option("only"), batch, sorted[count / 2], sorted[0]));
  }

  /** Writes the rows. */
  void write(String peer) throws IOException {
    Files.writeString(Path.of(option("json")), "{\"peer\": \"" + peer + "\", \"threads\": " + threads()
        + ", \"rows\": [\n" + String.join(",\n", rows) + "\n]}\n");
  }

  /** Numbers to compute with. */
  static float[] numbers(int count) {
    float[] numbers = new float[count];
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
