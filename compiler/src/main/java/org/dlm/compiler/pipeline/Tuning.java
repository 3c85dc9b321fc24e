package org.dlm.compiler.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code dlm tune} measured for a model: which way to run each of its products. Kept as text beside the model's
 * file, {@code lenet.tune} beside {@code lenet.dlm}, a section for each model.
 *
 * @param model its name
 * @param products {@link org.dlm.compiler.emit.ModelClass#products} of the model that was measured
 * @param machine what it was measured on, in the runtime's words
 * @param routes shape of a product to the name of its fastest route, both in the runtime's words
 * @param notes what to tell readers of the file about the product of that shape
 */
public record Tuning(String model, String products, String machine, Map<String, String> routes,
    Map<String, String> notes) {
  private static final String HEADER = """
      # Written by `dlm tune`: which way to run each product of a model was the fastest, where that is not what its
      # estimated cost says. Read when the model is compiled; it counts on the machine it names.
      """;

  public Tuning {
    routes = Map.copyOf(routes);
    notes = Map.copyOf(notes);
  }

  /** The file of measurements beside a model's file. */
  public static Path beside(Path modelFile) {
    String name = modelFile.getFileName().toString();
    return modelFile.resolveSibling((name.endsWith(".dlm") ? name.substring(0, name.length() - 4) : name) + ".tune");
  }

  /** All sections of a file; none where there is no such file. Lines that are no section or measurement are errors. */
  public static List<Tuning> read(Path file) throws IOException {
    return Files.isRegularFile(file) ? parse(Files.readString(file, StandardCharsets.UTF_8)) : List.of();
  }

  static List<Tuning> parse(String text) throws IOException {
    List<Tuning> all = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String[] words = line.split("\\s+", 3);
      int middle = line.indexOf(" = ");
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      } else if (words.length == 3 && words[0].equals("model")) {
        all.add(new Tuning(words[1], words[2], "", Map.of(), Map.of()));
      } else if (words.length > 1 && words[0].equals("machine") && !all.isEmpty()) {
        Tuning last = all.removeLast();
        all.add(new Tuning(last.model, last.products, line.substring("machine".length()).strip(), last.routes,
            last.notes));
      } else if (middle > 0 && !all.isEmpty()) {
        String[] rest = line.substring(middle + 3).split("#", 2);
        all.add(all.removeLast().with(line.substring(0, middle).strip(), rest[0].strip(),
            rest.length > 1 ? rest[1].strip() : ""));
      } else {
        throw new IOException("line " + (i + 1) + " is neither `model NAME PRODUCTS` nor `machine NAME` nor"
            + " `SHAPE = ROUTE`");
      }
    }
    return all;
  }

  /** The section of a model, where there is one. */
  public static Optional<Tuning> of(List<Tuning> all, String model) {
    return all.stream().filter(t -> t.model().equals(model)).findFirst();
  }

  /** The same with one more measurement. */
  public Tuning with(String shape, String route, String note) {
    Map<String, String> moreRoutes = new LinkedHashMap<>(routes);
    Map<String, String> moreNotes = new LinkedHashMap<>(notes);
    moreRoutes.put(shape, route);
    moreNotes.put(shape, note);
    return new Tuning(model, products, machine, moreRoutes, moreNotes);
  }

  /** The text of a file with these sections. */
  public static String text(List<Tuning> all) {
    StringBuilder text = new StringBuilder(HEADER);
    for (Tuning tuning : all) {
      text.append("\nmodel ").append(tuning.model).append(' ').append(tuning.products).append("\nmachine ")
          .append(tuning.machine).append('\n');
      tuning.routes.keySet().stream().sorted().forEach(shape -> text.append(shape).append(" = ")
          .append(tuning.routes.get(shape))
          .append(tuning.notes.getOrDefault(shape, "").isEmpty() ? "" : "  # " + tuning.notes.get(shape)).append('\n'));
    }
    return text.toString();
  }
}
