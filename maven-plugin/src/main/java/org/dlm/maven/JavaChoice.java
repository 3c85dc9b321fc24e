package org.dlm.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/** Which Java runs the compiler: the build's toolchain, else Maven's own when it is new enough. */
final class JavaChoice {
  private static final int NEEDED = 25;

  private JavaChoice() {}

  static Path java(ToolchainManager toolchains, MavenSession session) throws MojoExecutionException {
    Toolchain chosen = toolchains.getToolchainFromBuildContext("jdk", session);
    String found = chosen == null ? null : chosen.findTool("java");
    if (found != null) {
      return Path.of(found);
    }
    if (Runtime.version().feature() >= NEEDED) {
      Path bin = Path.of(System.getProperty("java.home"), "bin");
      Path windows = bin.resolve("java.exe");
      return Files.exists(windows) ? windows : bin.resolve("java");
    }
    throw new MojoExecutionException("the DLM compiler needs a JDK " + NEEDED + " and Maven runs on Java "
        + Runtime.version().feature() + ": start Maven with JAVA_HOME set to a JDK " + NEEDED
        + ", or choose one with maven-toolchains-plugin's select-jdk-toolchain, version [" + NEEDED + "," + (NEEDED + 1)
        + ")");
  }
}
