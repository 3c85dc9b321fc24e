package org.dlm.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** Makes Java sources of the {@code .dlm} models of a project, and adds them to what is compiled. */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true,
    requiresDependencyResolution = ResolutionScope.COMPILE)
public final class CompileMojo extends AbstractMojo {
  /** Where the {@code .dlm} files lie. */
  @Parameter(property = "dlm.sourceDirectory", defaultValue = "${project.basedir}/src/main/dlm")
  private File sourceDirectory;

  /** Where the Java sources go; a source root of the project. */
  @Parameter(property = "dlm.outputDirectory", defaultValue = "${project.build.directory}/generated-sources/dlm")
  private File outputDirectory;

  /** Patterns of the files to compile, below the source directory. */
  @Parameter
  private List<String> includes = List.of("**/*.dlm");

  /** Patterns of files to leave out. */
  @Parameter
  private List<String> excludes = List.of();

  /** Optimizers of the prelude to make classes of as well, such as {@code Adam}. */
  @Parameter
  private List<String> optimizers = List.of();

  /** Whether the {@code .dlm} files are packed into the jar, so that other projects can import their layers. */
  @Parameter(property = "dlm.packSources", defaultValue = "true")
  private boolean packSources;

  /** Whether a warning of the compiler fails the build. */
  @Parameter(property = "dlm.failOnWarning", defaultValue = "false")
  private boolean failOnWarning;

  /** Does nothing when true. */
  @Parameter(property = "dlm.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
  private PluginDescriptor plugin;

  @Parameter(defaultValue = "${project.build.directory}/dlm", readonly = true, required = true)
  private File workDirectory;

  @Component
  private ToolchainManager toolchains;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("skipped (dlm.skip)");
      return;
    }
    try {
      compile();
    } catch (IOException e) {
      throw new MojoExecutionException("cannot read or write the files of the build: " + e, e);
    }
    if (packSources && sourceDirectory.isDirectory()) {
      Resource models = new Resource();
      models.setDirectory(sourceDirectory.getPath());
      models.setIncludes(includes);
      models.setExcludes(excludes);
      project.addResource(models);
    }
    if (outputDirectory.isDirectory()) {
      project.addCompileSourceRoot(outputDirectory.getPath());
    }
  }

  private void compile() throws IOException, MojoExecutionException, MojoFailureException {
    List<ModelSource> sources = scan();
    List<Path> classPath = plugin.getArtifacts().stream().map(Artifact::getFile).map(File::toPath).toList();
    List<Path> read = new ArrayList<>(classPath);
    read.addAll(imported());
    String tool = Fingerprint.ofTool(
        List.of(plugin.getVersion(), outputDirectory.getPath(), optimizers.toString(), "" + failOnWarning), read);
    Path stateFile = workDirectory.toPath().resolve("compile.state");
    BuildState before = BuildState.load(stateFile);
    if (!before.tool().equals(tool)) {
      before = before.forOtherTool();
    }
    Map<String, ModelSource> now = BuildState.byName(sources);
    Set<String> stale = before.stale(now, outputDirectory.toPath());
    boolean optimizersStale = !optimizers.isEmpty()
        && (!before.tool().equals(tool) || !before.outputs().containsKey("")
            || !before.intact("", outputDirectory.toPath()));
    Map<String, List<BuildState.Output>> outputs = new TreeMap<>();
    if (stale.isEmpty() && !optimizersStale) {
      getLog().info(sources.isEmpty() ? "No .dlm files in " + sourceDirectory
          : "Models are up to date (" + count(sources.size(), ".dlm file") + ")");
    } else {
      getLog().info("Compiling " + count(stale.size(), ".dlm file") + " to " + outputDirectory);
      List<String> names = BuildState.withWhatTheyImport(now, stale).stream().sorted().toList();
      outputs.putAll(run(names, classPath));
    }
    keepOthers(before, now, stale, optimizersStale, outputs);
    for (String orphan : before.orphans(outputs)) {
      Files.deleteIfExists(outputDirectory.toPath().resolve(orphan));
      getLog().info("Removed " + orphan + ": no .dlm file makes it any more");
    }
    new BuildState(tool, now, outputs).save(stateFile);
  }

  /** Where imported packages may be: the jars (in a reactor perhaps folders) that the project depends on. */
  private List<Path> imported() {
    return project.getArtifacts().stream().map(Artifact::getFile).filter(f -> f != null && f.exists()).map(File::toPath)
        .filter(p -> Files.isDirectory(p) || p.toString().endsWith(".jar")).toList();
  }

  /** What was not compiled now is still made by what made it before. */
  private void keepOthers(BuildState before, Map<String, ModelSource> now, Set<String> stale, boolean optimizersStale,
      Map<String, List<BuildState.Output>> outputs) {
    before.outputs().forEach((source, list) -> {
      boolean stays = source.isEmpty() ? !optimizers.isEmpty() && !optimizersStale
          : now.containsKey(source) && !stale.contains(source);
      if (stays) {
        outputs.putIfAbsent(source, list);
      }
    });
  }

  private List<ModelSource> scan() throws IOException, MojoFailureException {
    Path root = sourceDirectory.toPath();
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<PathMatcher> wanted = matchers(includes);
    List<PathMatcher> unwanted = matchers(excludes);
    List<ModelSource> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path relative = root.relativize(file);
        if (wanted.stream().anyMatch(m -> m.matches(relative))
            && unwanted.stream().noneMatch(m -> m.matches(relative))) {
          sources.add(ModelSource.read(root, file));
        }
      }
    }
    return sources;
  }

  /** Maven's {@code **}{@code /x} also means {@code x} itself, which a glob does not. */
  private static List<PathMatcher> matchers(List<String> patterns) {
    return patterns.stream()
        .flatMap(p -> p.startsWith("**/") ? Stream.of(p, p.substring(3)) : Stream.of(p))
        .map(p -> FileSystems.getDefault().getPathMatcher("glob:" + p)).toList();
  }

  private Map<String, List<BuildState.Output>> run(List<String> names, List<Path> classPath)
      throws IOException, MojoExecutionException, MojoFailureException {
    Path java = JavaChoice.java(toolchains, session);
    CompilerProcess process = new CompilerProcess(java, classPath, workDirectory.toPath(), getLog());
    CompilerProcess.Answer answer = process.run(
        names.stream().map(n -> sourceDirectory.toPath().resolve(n)).toList(), optimizers, imported(),
        outputDirectory.toPath());
    int errors = 0;
    int warnings = 0;
    for (CompilerProcess.Message message : answer.messages()) {
      if (message.error()) {
        errors++;
        getLog().error(message.mavenForm());
      } else {
        warnings++;
        getLog().warn(message.mavenForm());
      }
    }
    if (errors > 0) {
      throw new MojoFailureException(count(errors, "error") + " in the .dlm files, see above");
    }
    if (failOnWarning && warnings > 0) {
      throw new MojoFailureException(count(warnings, "warning") + " in the .dlm files, and failOnWarning is set");
    }
    return outputs(answer);
  }

  private Map<String, List<BuildState.Output>> outputs(CompilerProcess.Answer answer) throws IOException {
    Map<String, List<BuildState.Output>> outputs = new TreeMap<>();
    Path root = sourceDirectory.toPath();
    if (!optimizers.isEmpty()) {
      outputs.put("", new ArrayList<>());
    }
    for (CompilerProcess.Generated generated : answer.generated()) {
      Path source = Path.of(generated.source());
      String name = source.startsWith(root) ? root.relativize(source).toString().replace('\\', '/') : "";
      String hash = Fingerprint.ofFile(outputDirectory.toPath().resolve(generated.path()));
      outputs.computeIfAbsent(name, k -> new ArrayList<>()).add(new BuildState.Output(generated.path(), hash));
    }
    return outputs;
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
