package org.dlm.tests.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of a small project that uses the plugin of this build, and the Maven that runs this build. */
final class TinyProject {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("grammar", "runtime", "compiler", "maven-plugin");

  private final Path folder;
  private final Path repository;

  TinyProject(Path folder, String name) throws IOException {
    this(folder);
    copy(Path.of("projects", name), this.folder);
    Path pom = this.folder.resolve("pom.xml");
    Files.writeString(pom, withVersions(Files.readString(pom)));
  }

  /** One that is, or will be, at {@code folder/project}. */
  TinyProject(Path folder) throws IOException {
    this.folder = folder.resolve("project");
    this.repository = Path.of("target", "plugin-test-repository").toAbsolutePath();
    offerThisBuild();
    // everything else comes from the repository of this build, as from a server
    Files.writeString(folder.resolve("settings.xml"), "<settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>"
        + Path.of(System.getProperty("maven.repo.local")).toUri() + "</url></mirror></mirrors></settings>");
  }

  /** The versions that this build uses are the ones that are surely there. */
  private static String withVersions(String template) throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String text = template.replace("@dlm@", version());
    Matcher plugin = Pattern.compile("<artifactId>(maven-[\\w-]+-plugin)</artifactId><version>([^<]+)</version>").matcher(parent);
    while (plugin.find()) {
      text = text.replace("@" + plugin.group(1) + "@", plugin.group(2));
    }
    return text;
  }

  private static String version() {
    return System.getProperty("dlm.version");
  }

  /** Our own modules, as an install would leave them; made of their classes, so that `mvn test` is enough. */
  private void offerThisBuild() throws IOException {
    place("dlm", ROOT.resolve("pom.xml"), null);
    for (String module : MODULES) {
      place("dlm-" + module, ROOT.resolve(module).resolve("pom.xml"), ROOT.resolve(module).resolve("target/classes"));
    }
  }

  private void place(String artifact, Path pom, Path classes) throws IOException {
    Path target = Files.createDirectories(repository.resolve("org/dlm").resolve(artifact).resolve(version()));
    Files.copy(pom, target.resolve(artifact + "-" + version() + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    if (classes != null) {
      try (OutputStream out = Files.newOutputStream(target.resolve(artifact + "-" + version() + ".jar"));
          JarOutputStream jar = new JarOutputStream(out); Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
          Files.copy(file, jar);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void replace(String name, String text, String replacement) throws IOException {
    String before = Files.readString(file(name));
    if (!before.contains(text)) {
      throw new IllegalArgumentException(name + " does not contain " + text);
    }
    Files.writeString(file(name), before.replace(text, replacement));
  }

  /** What Maven said, and how it ended. */
  record Build(int exitCode, String log) {}

  /** With the Java that runs this build's Maven. */
  Build maven(String... arguments) throws IOException, InterruptedException {
    // said outright: the environment of a test names the JDK that runs the test
    return mavenOn(Path.of(System.getProperty("dlm.maven.java.home")), arguments);
  }

  Build mavenOn(Path javaHome, String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("maven.log");
    Path home = Path.of(System.getProperty("maven.home"));
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = Stream.concat(Stream.of(home.resolve(windows ? "bin/mvn.cmd" : "bin/mvn").toString(), "-B",
        "-s", folder.resolveSibling("settings.xml").toString(), "-Dmaven.repo.local=" + repository), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
        .redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    int exitCode = builder.start().waitFor();
    return new Build(exitCode, Files.readString(log));
  }
}
