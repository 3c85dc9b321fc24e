package org.dlm.runtime.train;

import java.util.List;
import java.util.Optional;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSource;

/** Notices where all examples of an epoch have one label, so that there is nothing to tell apart. */
final class LabelWatch {
  private final String origin;
  private final int column;
  private boolean seen;
  private boolean differ;
  private int label;

  LabelWatch(DataSource train) {
    origin = train.origin();
    List<Column> columns = train.columns();
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      Column c = columns.get(i);
      found = c.name().equals("label") && c.type() == ElementType.I32 && c.shape().length == 0 ? i : found;
    }
    column = found;
  }

  /** Looks at the labels of the present batch, until two of them differ. */
  void see(Batches batches, int size) {
    if (column < 0 || differ) {
      return;
    }
    int[] labels = batches.ints(column);
    label = seen ? label : labels[0];
    seen = true;
    for (int i = 0; i < size; i++) {
      differ |= labels[i] != label;
    }
  }

  /** What to say after an epoch. */
  Optional<String> warning() {
    return seen && !differ ? Optional.of(origin + ": all examples to train on have the label " + label
        + ", so there is nothing to tell apart") : Optional.empty();
  }
}
