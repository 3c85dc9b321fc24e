package org.dlm.compiler.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.source.SourceFile;

/**
 * Everything that decides the Java made of checked files, as one digest. The prelude counts as part of the compiler.
 */
final class Inputs {
  private final DataOutputStream out;

  private Inputs(DataOutputStream out) {
    this.out = out;
  }

  static byte[] digest(Work work) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new Inputs(new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))).all(work);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void all(Work work) throws IOException {
    files(work.sources);
    files(work.libraries.stream().map(f -> f.span().file()).toList());
    texts(work.wanted.stream().sorted().toList());
    texts(work.options.optimizers());
    out.writeBoolean(work.options.timed());
    out.writeInt(work.models.size());
    for (ModelSpec model : work.models) {
      text(measured(work.options, model));
    }
    out.writeInt(work.recipes.size());
    for (RecipeSpec recipe : work.recipes) {
      recipe(recipe);
    }
  }

  private void files(List<SourceFile> files) throws IOException {
    out.writeInt(files.size());
    for (SourceFile file : files) {
      text(file.name());
      text(file.text());
    }
  }

  /** The measurements that count for a model, as text. */
  private static String measured(Options options, ModelSpec model) throws IOException {
    if (options.tunings().isPresent()) {
      return Tuning.text(options.tunings().get());
    }
    try {
      Path file = Tuning.beside(Path.of(model.span().file().name()));
      return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (InvalidPathException e) {
      return ""; // a text of no file
    }
  }

  /** Its settings also where they come from a command line, so not from one of the files. */
  private void recipe(RecipeSpec recipe) throws IOException {
    text(recipe.packageName());
    text(recipe.name());
    text(recipe.span().fileAndLine());
    text(recipe.model().packageName());
    text(recipe.model().name());
    out.writeInt(recipe.settings().size());
    for (Map.Entry<String, String> setting : recipe.settings().entrySet()) {
      text(setting.getKey());
      text(recipe.numbers().containsKey(setting.getKey()) ? "" : setting.getValue());
    }
    if (recipe.rate().orElse(null) instanceof RecipeSpec.Formula formula) {
      text(formula.span().fileAndLine());
      texts(formula.conditions().stream().map(RecipeSpec.Condition::text).toList());
    }
  }

  private void texts(Collection<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text);
    }
  }

  /** With its length, so that two texts are never taken for two others. */
  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
