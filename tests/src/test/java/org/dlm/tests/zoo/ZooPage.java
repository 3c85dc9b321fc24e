package org.dlm.tests.zoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page {@code docs/zoo.md}: a row for each model that ran at full size; rows of others stay as they are. */
final class ZooPage {
  private static final Path PAGE = Path.of("..", "docs", "zoo.md");
  private static final String ROW = "| %s | %s |";

  private static final String HEAD = """
      # The zoo at full size

      Written by `FullSizeTest` (`-Ddlm.full=all`, or the names of models), each model in a JVM of its own. Models that
      are not listed have not been run at full size on this machine. What ran compiled, has no method above the 8,000
      bytes of bytecode that HotSpot still optimises, and a loss that falls after a step along the gradient. Where
      PyTorch has a twin (`tests/golden/rows/zoo.py`), answers and gradients are the same: the last column tells the
      largest error beside the largest number.

      One example at a time: an image of the size in the paper, sentences of 32 words. Times are those of a cold
      compiler, and of the fastest of two or more runs on one thread; `step` is loss and all gradients, as
      in training. The machine had other work at the same time, so they are upper bounds.
      Memory is that of the temporaries of the largest step, without weights and gradients.

      Measured on %s, Java %s, last on %s.

      | model | parameters | compile, s | javac, s | lines | largest method, bytes | forward, s | step, s | memory, MiB | beside PyTorch |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private ZooPage() {}

  /** Puts the row of a model; {@code order}: all models as they are listed. */
  static void put(List<String> order, String model, List<String> cells) throws IOException {
    Map<String, String> rows = new HashMap<>();
    if (Files.exists(PAGE)) {
      Files.readAllLines(PAGE).stream().filter(l -> l.startsWith("| "))
          .forEach(l -> rows.put(l.split(" ")[1], l));
    }
    rows.put(model, String.format(ROW, model, String.join(" | ", cells)));
    List<String> all = new ArrayList<>();
    order.forEach(m -> {
      if (rows.containsKey(m)) {
        all.add(rows.get(m));
      }
    });
    Files.writeString(PAGE, String.format(HEAD, machine(), Runtime.version().feature(), LocalDate.now())
        + String.join("\n", all) + "\n");
  }

  private static String machine() throws IOException {
    Path cpu = Path.of("/proc/cpuinfo");
    String name = !Files.exists(cpu) ? System.getProperty("os.arch") : Files.readAllLines(cpu).stream()
        .filter(l -> l.startsWith("model name")).map(l -> l.substring(l.indexOf(':') + 1).strip()).findFirst()
        .orElse(System.getProperty("os.arch"));
    return name + ", " + Runtime.getRuntime().availableProcessors() + " cores";
  }
}
