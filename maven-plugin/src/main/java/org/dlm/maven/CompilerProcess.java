package org.dlm.maven;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** Runs the compiler's batch form in a JVM of its own and reads its answer. */
final class CompilerProcess {
  private static final String MAIN = "org.dlm.compiler.batch.BatchCompiler";

  /** A Java file that was made; {@code source} is the {@code .dlm} file, empty for what the prelude gave. */
  record Generated(String path, String source) {}

  /** A diagnostic: where, what, and the rendered block with the source lines. */
  record Message(boolean error, String file, int line, int column, String code, String text, String rendered) {
    /** {@code file:[line,column] error[E0301]: text}, as Maven users know it from javac, then the block. */
    String mavenForm() {
      return file + ":[" + line + "," + column + "] " + (error ? "error" : "warning") + "[" + code + "]: " + text
          + System.lineSeparator() + rendered.stripTrailing();
    }
  }

  record Answer(List<Generated> generated, List<Message> messages) {}

  private final Path java;
  private final List<Path> classPath;
  private final Path workDirectory;
  private final Log log;

  CompilerProcess(Path java, List<Path> classPath, Path workDirectory, Log log) {
    this.java = java;
    this.classPath = classPath;
    this.workDirectory = workDirectory;
    this.log = log;
  }

  Answer run(List<Path> files, List<String> optimizers, List<Path> path, Path output) throws IOException,
      MojoExecutionException {
    Files.createDirectories(workDirectory);
    Path request = workDirectory.resolve("request.properties");
    Path answer = workDirectory.resolve("answer.properties");
    Path spoken = workDirectory.resolve("compiler.log");
    Files.deleteIfExists(answer);
    writeRequest(request, files, optimizers, path, output);
    // compiled once, run briefly: the quick compiler is enough, and starting is what costs
    List<String> command = List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-cp",
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
        MAIN, request.toString(), answer.toString());
    log.debug(String.join(" ", command));
    int exit = waitFor(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(spoken.toFile()).start());
    if (exit != 0 || !Files.exists(answer)) {
      throw new MojoExecutionException("the DLM compiler stopped with exit code " + exit
          + "; what it said is in " + spoken + firstLine(spoken));
    }
    return read(answer);
  }

  private static int waitFor(Process process) throws MojoExecutionException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted while the DLM compiler ran", e);
    }
  }

  private static String firstLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return lines.isEmpty() ? "" : " and begins: " + lines.get(0);
  }

  private static void writeRequest(Path request, List<Path> files, List<String> optimizers, List<Path> path,
      Path output)
      throws IOException {
    Properties properties = new Properties();
    properties.setProperty("output", output.toString());
    for (int i = 0; i < files.size(); i++) {
      properties.setProperty("file." + i, files.get(i).toString());
    }
    for (int i = 0; i < optimizers.size(); i++) {
      properties.setProperty("optimizer." + i, optimizers.get(i));
    }
    for (int i = 0; i < path.size(); i++) {
      properties.setProperty("path." + i, path.get(i).toString());
    }
    try (Writer writer = Files.newBufferedWriter(request, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
  }

  private static Answer read(Path file) throws IOException {
    Properties answer = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      answer.load(reader);
    }
    List<Generated> generated = new ArrayList<>();
    for (int i = 0; answer.containsKey("generated." + i + ".path"); i++) {
      String prefix = "generated." + i + ".";
      generated.add(new Generated(answer.getProperty(prefix + "path"), answer.getProperty(prefix + "source")));
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; answer.containsKey("diagnostic." + i + ".code"); i++) {
      String prefix = "diagnostic." + i + ".";
      messages.add(new Message(answer.getProperty(prefix + "severity").equals("ERROR"),
          answer.getProperty(prefix + "file"), Integer.parseInt(answer.getProperty(prefix + "line")),
          Integer.parseInt(answer.getProperty(prefix + "column")), answer.getProperty(prefix + "code"),
          answer.getProperty(prefix + "message"), answer.getProperty(prefix + "text")));
    }
    return new Answer(generated, messages);
  }
}
