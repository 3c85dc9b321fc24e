package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * A convolution with 3x3 taps and stride 1, or the gradient of its filters, found in the terms of a contraction.
 *
 * @param ofFilter the filters are the result and the map an operand; else the other way round
 * @param imageLeft the image is the left operand
 * @param top zeros above the image
 * @param side zeros left of the image
 */
record WinogradForm(boolean ofFilter, boolean imageLeft, Plane image, int top, int side, Filter filter, Plane map) {

  /**
   * Images of several channels each; {@code y} and {@code x} are the steps from line to line and inside a line,
   * {@code apart} that from channel to channel where it is always the same and elements of a line lie side by side,
   * else 0.
   */
  record Plane(int[] images, int[] channels, int height, int width, int y, int x, int apart) {

    Plane(int[] images, int[] channels, int height, int width, int y, int x) {
      this(images, channels, height, width, y, x, x == 1 ? apart(channels) : 0);
    }

    private static int apart(int[] channels) {
      int step = channels.length > 1 ? channels[1] - channels[0] : 0;
      for (int i = 1; i < channels.length; i++) {
        step = channels[i] - channels[i - 1] == step ? step : 0;
      }
      return step;
    }
  }

  /** Where a filter of 3x3 taps lies for each row of the result and each channel; taps in the order of the image. */
  record Filter(int[] rows, int[] channels, int[] taps) {}

  /** The form of a contraction, or null where it is none. */
  static WinogradForm of(Contraction.Description description) {
    boolean imageLeft = description.left().stream().anyMatch(Term.Window.class::isInstance);
    return new Search(description, imageLeft).form();
  }

  /** Looks at the axes of one contraction. */
  private static final class Search {
    private final Map<String, ContractionAxis> axes = new LinkedHashMap<>();
    private final boolean imageLeft;
    private final List<Term> image;
    private final List<Term> other;
    private final List<Term> out;
    private final List<Term.Window> windows = new ArrayList<>();

    Search(Contraction.Description description, boolean imageLeft) {
      description.axes().forEach(axis -> axes.put(axis.name(), axis));
      this.imageLeft = imageLeft;
      image = imageLeft ? description.left() : description.right();
      other = imageLeft ? description.right() : description.left();
      out = description.out();
      for (ContractionAxis axis : description.axes()) {
        for (Term term : image) {
          if (term instanceof Term.Window w && w.position().equals(axis.name())) {
            windows.add(w);
          }
        }
      }
    }

    WinogradForm form() {
      if (windows.size() != 2 || other.stream().anyMatch(Term.Window.class::isInstance)) {
        return null;
      }
      Term.Window y = windows.get(0);
      Term.Window x = windows.get(1);
      List<String> spatial = List.of(y.position(), x.position(), y.tap(), x.tap());
      boolean distinct = spatial.stream().distinct().count() == 4;
      boolean plain = spatial.stream().allMatch(axis -> stride(image, axis) == 0);
      if (!distinct || !plain || !slides(y) || !slides(x)) {
        return null;
      }
      Role imageSide = imageLeft ? Role.ROW : Role.COLUMN;
      boolean convolution = role(y.position()) == imageSide && role(x.position()) == imageSide
          && role(y.tap()) == Role.DEPTH && role(x.tap()) == Role.DEPTH && group(imageSide).size() == 2;
      boolean gradient = role(y.position()) == Role.DEPTH && role(x.position()) == Role.DEPTH
          && role(y.tap()) == imageSide && role(x.tap()) == imageSide;
      boolean oneFilter = group(Role.BATCH).stream().allMatch(axis -> axis.extent() == 1
          || convolution && stride(other, axis.name()) == 0);
      return oneFilter && (convolution || gradient) ? form(gradient, y, x) : null;
    }

    private static boolean slides(Term.Window w) {
      return w.stride() == 1 && Math.abs(w.dilation()) == 1 && w.inputDilation() == 1;
    }

    private WinogradForm form(boolean ofFilter, Term.Window y, Term.Window x) {
      if (axes.get(y.tap()).extent() != 3 || axes.get(x.tap()).extent() != 3) {
        return null;
      }
      List<ContractionAxis> images = group(ofFilter ? Role.DEPTH : Role.BATCH, y.position(), x.position());
      List<ContractionAxis> rows = group(imageLeft ? Role.COLUMN : Role.ROW);
      List<ContractionAxis> channels = group(!ofFilter ? Role.DEPTH : imageLeft ? Role.ROW : Role.COLUMN, y.tap(),
          x.tap());
      List<Term> filter = ofFilter ? out : other;
      List<Term> map = ofFilter ? other : out;
      int[] taps = new int[9];
      for (int tap = 0; tap < 9; tap++) {
        taps[tap] = tap(y, tap / 3) * stride(filter, y.tap()) + tap(x, tap % 3) * stride(filter, x.tap());
      }
      return new WinogradForm(ofFilter, imageLeft,
          new Plane(table(image, images), table(image, channels), y.size(), x.size(), y.elements(), x.elements()),
          padding(y), padding(x), new Filter(table(filter, rows), table(filter, channels), taps),
          new Plane(table(map, images), table(map, rows), axes.get(y.position()).extent(),
              axes.get(x.position()).extent(), stride(map, y.position()), stride(map, x.position())));
    }

    /** The tap that meets the i-th element of a window; a negative dilation runs backwards. */
    private static int tap(Term.Window w, int i) {
      return w.dilation() > 0 ? i : 2 - i;
    }

    private static int padding(Term.Window w) {
      return w.dilation() > 0 ? w.padding() : w.padding() + 2;
    }

    private Role role(String axis) {
      return axes.get(axis).role();
    }

    private List<ContractionAxis> group(Role role, String... without) {
      return axes.values().stream().filter(a -> a.role() == role && !List.of(without).contains(a.name())).toList();
    }

    private static int stride(List<Term> terms, String axis) {
      int stride = 0;
      for (Term term : terms) {
        stride += term instanceof Term.Stride s && s.axis().equals(axis) ? s.elements() : 0;
      }
      return stride;
    }

    private static int[] table(List<Term> terms, List<ContractionAxis> group) {
      int[] table = {0};
      for (ContractionAxis axis : group) {
        int[] next = new int[Math.multiplyExact(table.length, axis.extent())];
        for (int i = 0; i < next.length; i++) {
          next[i] = table[i / axis.extent()] + i % axis.extent() * stride(terms, axis.name());
        }
        table = next;
      }
      return table;
    }
  }
}
