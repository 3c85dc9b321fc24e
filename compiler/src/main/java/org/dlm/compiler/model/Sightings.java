package org.dlm.compiler.model;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;

/**
 * What the places of a text turned out to mean while it was elaborated, for tools that show it. A place in a layer has
 * a meaning for each instance, and in a function one for training and one for inference. The library's own text is
 * left out.
 */
public final class Sightings {
  /** More different meanings of one place nobody reads. */
  private static final int MOST = 16;

  /** So many items of a list are told. */
  private static final int MOST_ITEMS = 8;

  /** What was seen at a place. */
  public sealed interface Sighting {}

  /** A value or its type, as text: {@code f32[N, 10]}. */
  public record Known(String text) implements Sighting {}

  /** An instance; the shapes it takes and gives are known once it is applied. */
  public record Built(Instance instance) implements Sighting {}

  /** A value went through a stage: the shapes before and after it. */
  public record Passage(String input, String output) {}

  private final boolean wanted;
  private final Map<Span, Set<Sighting>> sightings = new HashMap<>();
  private final Map<Span, Set<Passage>> passages = new HashMap<>();

  private Sightings(boolean wanted) {
    this.wanted = wanted;
  }

  /** Where everything is kept. */
  public static Sightings kept() {
    return new Sightings(true);
  }

  /** Where nobody will look. */
  public static Sightings dropped() {
    return new Sightings(false);
  }

  public void add(Span place, Meaning meaning) {
    if (!wanted || Prelude.holds(place.file())) {
      return;
    }
    Sighting sighting = meaning instanceof Meaning.Built(Instance instance) ? new Built(instance) : known(meaning);
    Set<Sighting> here = sightings.computeIfAbsent(place, _ -> new LinkedHashSet<>());
    if (sighting != null && here.size() < MOST) {
      here.add(sighting);
    }
  }

  /** A stage took one value and gave another. */
  public void passed(Span stage, Meaning input, Meaning output) {
    if (!wanted || Prelude.holds(stage.file())) {
      return;
    }
    String before = text(input);
    String after = text(output);
    Set<Passage> here = passages.computeIfAbsent(stage, _ -> new LinkedHashSet<>());
    if (before != null && after != null && here.size() < MOST) {
      here.add(new Passage(before, after));
    }
  }

  /** In the order in which they were seen. */
  public List<Sighting> at(Span place) {
    return List.copyOf(sightings.getOrDefault(place, Set.of()));
  }

  /** What went through the stage written there. */
  public List<Passage> through(Span stage) {
    return List.copyOf(passages.getOrDefault(stage, Set.of()));
  }

  private static Known known(Meaning meaning) {
    String text = text(meaning);
    return text == null ? null : new Known(text);
  }

  /** The meaning as text, or null where there is nothing to tell that the source does not tell better. */
  private static String text(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Tensor t -> readable(t.value().type().element().source() + t.value().shape());
      case Meaning.Int i -> readable(i.value().toString());
      case Meaning.Real r -> String.valueOf(r.value());
      case Meaning.Bool b -> String.valueOf(b.value());
      case Meaning.Text t -> '"' + t.value() + '"';
      case Meaning.Dims d -> readable(new Shape(d.dims()).toString());
      case Meaning.Variable v -> {
        Instance.Slot slot = v.instance().slot(v.name());
        yield slot == null ? null : readable("f32" + slot.shape());
      }
      case Meaning.Several s -> several(s);
      case Meaning.Items items -> list(items.items());
      case Meaning.Built b -> b.instance().layerName();
      case Meaning.Function f -> f.fn().name().name();
      case Meaning.Initial i -> i.initial().kind();
      case Meaning.Intrinsic _, Meaning.LayerType _, Meaning.Claims _, Meaning.Unknown _, Meaning.Poison _ -> null;
    };
  }

  /** Without the marks of sizes that stand for any, as a check of what no model uses has them. */
  private static String readable(String sizes) {
    return sizes.replace(Dim.ANY, "").replace("Axis0", "...").replaceAll("\\bAny\\d+", "_");
  }

  private static String several(Meaning.Several tuple) {
    StringBuilder out = new StringBuilder("(");
    for (int i = 0; i < tuple.items().size(); i++) {
      String name = tuple.names().isEmpty() ? null : tuple.names().get(i);
      out.append(i == 0 ? "" : ", ").append(name == null ? "" : name + ": ").append(item(tuple.items().get(i)));
    }
    return out.append(')').toString();
  }

  private static String list(List<Meaning> items) {
    String shown = items.stream().limit(MOST_ITEMS).map(Sightings::item).collect(Collectors.joining(", ", "[", ""));
    return shown + (items.size() > MOST_ITEMS ? ", and " + (items.size() - MOST_ITEMS) + " more]" : "]");
  }

  private static String item(Meaning meaning) {
    String text = text(meaning);
    return text == null ? "_" : text;
  }
}
