package org.dlm.runtime.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.store.RandomStream;

/** Examples whose {@code x}, the first column, is changed while they are read. */
final class TransformedSource implements IndexedSource {
  private final IndexedSource source;
  private final List<Transform> before;
  private final List<Transform> after;
  private final Normalization normalization;
  private final double mixup;
  private final List<Column> columns;
  private final int label;
  private final Example inner;
  private final Example partner;
  private float[] other = new float[0];

  /**
   * @param normalization null for none
   * @param mixup how strongly pairs of examples are mixed (Zhang et al., 2018); 0 for not at all
   */
  TransformedSource(IndexedSource source, List<Transform> transforms, Normalization normalization, double mixup) {
    this.source = source;
    this.normalization = normalization;
    this.mixup = mixup;
    before = transforms.stream().filter(t -> !t.afterNormalisation()).toList();
    after = transforms.stream().filter(Transform::afterNormalisation).toList();
    label = source.columns().stream().map(Column::name).toList().indexOf("label");
    columns = new ArrayList<>(source.columns());
    if (mixup > 0) {
      columns.add(Column.ints("label_mixed", source.columns().get(label).limit()));
      columns.add(Column.floats("mixed"));
    }
    inner = new Example(source.columns());
    partner = new Example(source.columns());
  }

  @Override
  public String origin() {
    return source.origin();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public int block() {
    return source.block();
  }

  @Override
  public synchronized void read(int example, Example into) throws IOException {
    RandomStream random = into.random();
    read(example, inner, random, into);
    if (mixup > 0) {
      mix(random, into);
    }
    for (int c = 0; c < source.columns().size(); c++) {
      into.copy(c, inner, c);
    }
  }

  private void read(int example, Example here, RandomStream random, Example like) throws IOException {
    here.begin(like);
    source.read(example, here);
    int[] shape = columns.getFirst().shape().clone();
    if (columns.getFirst().open()) {
      shape[0] = here.length(0);
    }
    change(before, here, shape, random);
    if (normalization != null) {
      normalization.apply(here.floats(0), shape);
    }
    change(after, here, shape, random);
  }

  private void change(List<Transform> transforms, Example here, int[] shape, RandomStream random) {
    if (random == null) {
      return;
    }
    for (Transform transform : transforms) {
      float[] x = here.floats(0);
      if (other.length < here.size(0)) {
        other = new float[x.length];
      }
      transform.apply(x, other, shape, random);
      System.arraycopy(other, 0, x, 0, here.size(0));
    }
  }

  private void mix(RandomStream random, Example into) throws IOException {
    float share = 1;
    int second = inner.ints(label)[0];
    if (random != null) {
      share = (float) beta(random, mixup);
      read(random.below(source.count()), partner, random, into);
      second = partner.ints(label)[0];
      float[] x = inner.floats(0);
      float[] y = partner.floats(0);
      for (int i = 0; i < inner.size(0); i++) {
        x[i] = share * x[i] + (1 - share) * y[i];
      }
    }
    into.ints(columns.size() - 2)[0] = second;
    into.floats(columns.size() - 1)[0] = share;
  }

  /** A draw from the distribution Beta(a, a), by Joehnk's method. */
  static double beta(RandomStream random, double a) {
    for (int tries = 0; tries < 1000; tries++) {
      double x = StrictMath.pow(random.uniform(), 1 / a);
      double y = StrictMath.pow(random.uniform(), 1 / a);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
    return 0.5;
  }

  /** Whether pairs of these examples can be mixed. */
  static boolean canMix(DataSource source) {
    List<Column> columns = source.columns();
    return !columns.getFirst().open() && columns.stream()
        .anyMatch(c -> c.name().equals("label") && c.type() == ElementType.I32 && c.shape().length == 0);
  }
}
