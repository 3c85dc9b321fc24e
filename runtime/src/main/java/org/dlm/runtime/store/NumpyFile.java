package org.dlm.runtime.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/** NumPy's files: one array in {@code .npy}, several with names in {@code .npz}. */
public final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final String SUFFIX = ".npy";

  /** The name of the only array of an {@code .npy} file. */
  private static final String ALONE = "x";

  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])([fiub])([0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  private NumpyFile() {}

  /** Whether the name of the file is that of one of NumPy's. */
  public static boolean is(Path file) {
    return file.toString().endsWith(SUFFIX) || file.toString().endsWith(".npz");
  }

  /** All arrays by their names; numbers become f32 or i32, truth values i32. */
  public static Map<String, Tensor> read(Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (file.toString().endsWith(SUFFIX)) {
        arrays.put(ALONE, array(file.toString(), in));
        return arrays;
      }
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().replaceFirst("\\.npy$", "");
        arrays.put(name, array(file + ": `" + name + "`", zip));
      }
    } catch (NoSuchFileException e) {
      throw new InputProblem(file + ": no such file", "Check the path.", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), "The file is damaged; copy it again.", e);
    }
    if (arrays.isEmpty()) {
      throw new InputProblem(file + ": no arrays in it", "Was the right file named?");
    }
    return arrays;
  }

  private static Tensor array(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new InputProblem(name + ": not an array of NumPy", "Was the right file named?");
    }
    byte[] length = in.readNBytes(start[6] == 1 ? 2 : 4);
    int size = 0;
    for (int i = length.length - 1; i >= 0; i--) {
      size = size << 8 | length[i] & 0xFF;
    }
    String header = new String(in.readNBytes(Math.clamp(size, 0, 1 << 20)), StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find()) {
      throw new InputProblem(name + ": an array of another type: " + header.strip(),
          "Numbers and truth values are read; convert it with astype.");
    }
    if (ORDER.matcher(header).find()) {
      throw new InputProblem(name + ": the array lies column by column",
          "Save numpy.ascontiguousarray of it.");
    }
    int[] lengths = Arrays.stream(shape.group(1).split(",")).map(String::strip).filter(s -> !s.isEmpty())
        .mapToInt(Integer::parseInt).toArray();
    return values(name, in, lengths, type);
  }

  private static Tensor values(String name, InputStream in, int[] shape, Matcher type) throws IOException {
    int width = Integer.parseInt(type.group(3));
    int count = Tensor.size(shape);
    long bytes = (long) count * width;
    byte[] data = bytes > Integer.MAX_VALUE - 16 ? new byte[0] : in.readNBytes((int) bytes);
    if (data.length < bytes) {
      throw new InputProblem(name + ": " + bytes + " bytes of numbers are announced, " + data.length + " are there",
          "The file is truncated; copy it again.");
    }
    ByteBuffer buffer = ByteBuffer.wrap(data)
        .order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (type.group(2).equals("f")) {
      float[] floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = switch (width) {
          case 2 -> Float.float16ToFloat(buffer.getShort(2 * i));
          case 4 -> buffer.getFloat(4 * i);
          default -> (float) buffer.getDouble(8 * i);
        };
      }
      return new FloatTensor(floats, shape);
    }
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      long value = whole(buffer, i, width, type.group(2).equals("i"));
      if (value != (int) value) {
        throw new InputProblem(name + ": the number " + value + " is too large for i32", "Is that a class or a token?");
      }
      ints[i] = (int) value;
    }
    return IntTensor.of(ints, shape);
  }

  private static long whole(ByteBuffer buffer, int i, int width, boolean signed) {
    return switch (width) {
      case 1 -> signed ? buffer.get(i) : buffer.get(i) & 0xFF;
      case 2 -> signed ? buffer.getShort(2 * i) : buffer.getShort(2 * i) & 0xFFFF;
      case 4 -> signed ? buffer.getInt(4 * i) : buffer.getInt(4 * i) & 0xFFFFFFFFL;
      default -> buffer.getLong(8 * i);
    };
  }

  /** Writes the tensors: several into an {@code .npz} file, a single one also into an {@code .npy} file. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    boolean alone = file.toString().endsWith(SUFFIX);
    if (alone && tensors.size() != 1) {
      throw new InputProblem(file + ": an .npy file holds one array, there are " + tensors.size(),
          "Name a file with .npz.");
    }
    AtomicFile.write(file, channel -> {
      BufferedOutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      if (alone) {
        out.write(bytes(tensors.values().iterator().next()));
      } else {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          ZipEntry place = new ZipEntry(entry.getKey() + SUFFIX);
          // The same tensors give the same bytes whenever they are written.
          place.setTime(0);
          zip.putNextEntry(place);
          zip.write(bytes(entry.getValue()));
          zip.closeEntry();
        }
        zip.finish();
      }
      out.flush();
    });
  }

  private static byte[] bytes(Tensor tensor) throws IOException {
    String shape = Arrays.stream(tensor.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '" + (tensor instanceof FloatTensor ? "<f4" : "<i4")
        + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int padding = 63 - (MAGIC.length + 4 + header.length()) % 64;
    header = header + " ".repeat(padding) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer data = ByteBuffer.allocate(4 * Tensor.size(tensor.shape())).order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor) {
      case FloatTensor floats -> data.asFloatBuffer().put(floats.data());
      case IntTensor ints -> data.asIntBuffer().put(ints.data());
    }
    out.write(data.array());
    return out.toByteArray();
  }
}
