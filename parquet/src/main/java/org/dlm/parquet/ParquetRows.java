package org.dlm.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.dlm.runtime.InputProblem;

/**
 * The cells of a Parquet file as text, which numbers survive exactly; a cell that is null is empty.
 *
 * @param names of the columns
 */
record ParquetRows(List<String> names, List<String[]> rows) {
  private static final String NATIVE_GZIP = "hardwood.uselibdeflate";

  /** The others are there in libraries with native code. */
  private static final Set<CompressionCodec> READ =
      EnumSet.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP);

  /** Kept, since a level is forgotten with its logger. */
  private static final Logger QUIET = Logger.getLogger("dev.hardwood");

  static {
    QUIET.setLevel(Level.WARNING);
    // It would look for native code to read gzip with, which the JDK does as well; who sets the property decides.
    if (System.getProperty(NATIVE_GZIP) == null) {
      System.setProperty(NATIVE_GZIP, "false");
    }
  }

  static ParquetRows read(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
      checkCompression(file, reader);
      List<ColumnSchema> columns = reader.getFileSchema().getColumns();
      columns.forEach(column -> check(file, column));
      return new ParquetRows(columns.stream().map(ColumnSchema::name).toList(), rows(reader, columns));
    } catch (InputProblem problem) {
      throw problem;
    } catch (IOException | RuntimeException e) {
      // The reader tells a damaged file by whatever went wrong in it.
      throw new InputProblem(file + ": cannot be read as a Parquet file: " + e.getMessage(),
          "Is it whole? Other programs can write it again, without compression or with Snappy or gzip.", e);
    }
  }

  private static List<String[]> rows(ParquetFileReader reader, List<ColumnSchema> columns) throws IOException {
    List<String[]> all = new ArrayList<>();
    try (RowReader rows = reader.rowReader()) {
      while (rows.hasNext()) {
        rows.next();
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
          cells[i] = rows.isNull(i) ? "" : text(rows, i, columns.get(i));
        }
        all.add(cells);
      }
    }
    return all;
  }

  private static void checkCompression(Path file, ParquetFileReader reader) {
    List<CompressionCodec> others = reader.getFileMetaData().rowGroups().stream().flatMap(g -> g.columns().stream())
        .map(column -> column.metaData().codec()).filter(codec -> !READ.contains(codec)).toList();
    if (!others.isEmpty()) {
      throw new InputProblem(file + ": is compressed with " + others.getFirst() + ", which is read by native code only",
          "Write it again without compression, or with Snappy or gzip.");
    }
  }

  private static void check(Path file, ColumnSchema column) {
    if (column.maxRepetitionLevel() > 0 || column.fieldPath().elements().size() > 1) {
      throw new InputProblem(file + ": column `" + String.join(".", column.fieldPath().elements())
          + "` is no column of single values",
          "Give each value a column of its own; tensors are read from safetensors and NumPy files (arrays:FILE).");
    }
    boolean plain = column.logicalType() == null || column.logicalType() instanceof LogicalType.StringType
        || column.logicalType() instanceof LogicalType.EnumType || column.logicalType() instanceof LogicalType.IntType;
    if (!plain) {
      throw new InputProblem(file + ": column `" + column.name() + "` is " + column.logicalType()
          + ", which is neither a number nor a word", "Write it as a number or leave the column out.");
    }
  }

  private static String text(RowReader rows, int column, ColumnSchema schema) {
    return switch (schema.type()) {
      case INT32 -> Integer.toString(rows.getInt(column));
      case INT64 -> Long.toString(rows.getLong(column));
      case FLOAT -> Float.toString(rows.getFloat(column));
      case DOUBLE -> Double.toString(rows.getDouble(column));
      case BOOLEAN -> rows.getBoolean(column) ? "1" : "0";
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          schema.logicalType() == null ? new String(rows.getBinary(column), StandardCharsets.UTF_8)
              : rows.getString(column);
      case INT96 -> throw new IllegalStateException("times have no meaning as numbers here");
    };
  }
}
