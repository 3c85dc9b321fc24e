package org.dlm.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Looks at the compiled models: a method that HotSpot would never compile fails the build, naming what it computes. */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class VerifyMojo extends AbstractMojo {
  /** HotSpot's HugeMethodLimit: a larger method is interpreted for ever, hundreds of times slower. */
  private static final int LARGEST = 8000;

  /** Where the Java sources of the models are. */
  @Parameter(property = "dlm.outputDirectory", defaultValue = "${project.build.directory}/generated-sources/dlm")
  private File outputDirectory;

  /** Does nothing when true. */
  @Parameter(property = "dlm.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
  private File classesDirectory;

  @Parameter(defaultValue = "${project.build.directory}/dlm", readonly = true, required = true)
  private File workDirectory;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      return;
    }
    int tooLarge = 0;
    try {
      BuildState state = BuildState.load(workDirectory.toPath().resolve("compile.state"));
      for (List<BuildState.Output> outputs : state.outputs().values()) {
        for (BuildState.Output output : outputs) {
          tooLarge += check(output.path());
        }
      }
    } catch (IOException e) {
      throw new MojoExecutionException("cannot read the compiled models: " + e, e);
    }
    if (tooLarge > 0) {
      throw new MojoFailureException(tooLarge + " generated method(s) too large to be compiled by the JVM, see above");
    }
  }

  /** Checks the class of a source file and its nested classes. */
  private int check(String source) throws IOException {
    Path top = classesDirectory.toPath().resolve(source.replaceAll("\\.java$", ".class"));
    if (!Files.exists(top)) {
      return 0;
    }
    String name = top.getFileName().toString().replaceAll("\\.class$", "");
    int tooLarge = 0;
    try (var files = Files.list(top.getParent())) {
      for (Path file : files.filter(f -> belongsTo(f, name)).sorted().toList()) {
        for (MethodSizes.Method method : MethodSizes.of(Files.readAllBytes(file))) {
          if (method.bytes() > LARGEST) {
            tooLarge++;
            getLog().error(outputDirectory.toPath().resolve(source) + ":[" + method.line() + ",1] method "
                + method.name()
                + " has " + method.bytes() + " bytes of bytecode, HotSpot compiles none above " + LARGEST
                + comment(outputDirectory.toPath().resolve(source), method));
          }
        }
      }
    }
    return tooLarge;
  }

  private static boolean belongsTo(Path file, String name) {
    String found = file.getFileName().toString();
    return found.equals(name + ".class") || found.startsWith(name + "$") && found.endsWith(".class");
  }

  /** The comment above the method names the op and the line of the {@code .dlm} file. */
  private static String comment(Path source, MethodSizes.Method method) throws IOException {
    if (!Files.exists(source)) {
      return "";
    }
    List<String> lines = Files.readAllLines(source, StandardCharsets.UTF_8);
    int at = Math.min(method.line(), lines.size()) - 1;
    while (at > 0 && !lines.get(at).contains(" " + method.name() + "(")) {
      at--;
    }
    StringBuilder comment = new StringBuilder();
    for (int i = at - 1; i >= 0 && lines.get(i).strip().matches("(/\\*|\\*|//|@).*"); i--) {
      comment.insert(0, System.lineSeparator() + "    " + lines.get(i).strip());
    }
    return comment.toString();
  }
}
