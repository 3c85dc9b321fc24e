package org.dlm.runtime.data.table;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;

/**
 * Rows of numbers with a column to predict: a class (column {@code label}, i32) or, with {@code target=}, a number
 * (column {@code y}, f32). The other columns are {@code x}, scaled to mean 0 and variance 1 over the training examples.
 */
public final class CsvKind implements DataKind {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String usage() {
    return "csv:FILE      rows of numbers, gzipped or not: x [columns], label from the column `label` or the last;"
        + " options"
        + " after commas: label=COLUMN, target=COLUMN (regression), header=yes|no|skip, scale=standard|none,"
        + " missing=fail|mean|drop, test=0.2, validation=0, folds=5 with fold=1 (in place of test)";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(Stream.concat(Tables.OPTIONS.stream(), Stream.of("header")).toList());
    Path file = spec.file();
    CsvTable.Header header = CsvTable.Header.valueOf(
        spec.choice("header", "auto", "yes", "no", "skip").toUpperCase(Locale.ROOT));
    return Tables.dataSet(spec, CsvTable.read(file, header));
  }
}
