package org.dlm.parquet;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataKind;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSpec;
import org.dlm.runtime.data.table.Tables;

/** {@code parquet:FILE}: the columns of a Parquet file, with the options of a CSV file's but for its header. */
public final class ParquetKind implements DataKind {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String usage() {
    return "parquet:FILE  rows of a Parquet file: x [columns], label from the column `label` or the last; options"
        + " label=COLUMN, target=COLUMN (regression), scale=standard|none, missing=fail|mean|drop, test=0.2,"
        + " validation=0";
  }

  @Override
  public DataSet open(DataSpec spec) {
    spec.allow(Tables.OPTIONS);
    Path file = spec.file();
    if (!Files.isRegularFile(file)) {
      throw new InputProblem(file + (Files.isDirectory(file) ? " is a directory" : ": no such file"),
          "Name a Parquet file.");
    }
    ParquetRows read = ParquetRows.read(file);
    return Tables.dataSet(spec, file, read.names(), read.rows());
  }
}
