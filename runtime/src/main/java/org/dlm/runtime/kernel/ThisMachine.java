package org.dlm.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dlm.runtime.lanes.LaneChoice;
import org.dlm.runtime.lanes.Lanes;

/**
 * What a measurement holds for. The number of cores is no part of it: which way a sum is taken may not depend on how
 * many there are.
 */
public final class ThisMachine {
  /** The processor and the width of its vectors, such as {@code AMD EPYC, 256-bit vectors}. */
  public static final String NAME = processor() + ", "
      + (LaneChoice.VECTOR ? Lanes.width() * Float.SIZE + "-bit vectors" : "no vectors");

  private ThisMachine() {}

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("model name")).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
