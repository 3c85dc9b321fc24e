package org.dlm.runtime.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** The header of a safetensors file, with everything in it checked against the size of the file. */
record SafetensorsHeader(Map<String, String> metadata, Map<String, StoredTensor> tensors) {
  private static final String REDO = "The file is damaged or was not written to its end; copy or export it again.";

  /** @param dataLength bytes that follow the header in the file */
  static SafetensorsHeader parse(Path file, ByteBuffer bytes, long dataLength) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (var member : object(file, decode(file, bytes), "the header").entrySet()) {
      if (member.getKey().equals("__metadata__")) {
        object(file, member.getValue(), "__metadata__").forEach((k, v) -> metadata.put(k, String.valueOf(v)));
      } else {
        tensors.put(member.getKey(), tensor(file, member.getKey(), member.getValue(), dataLength));
      }
    }
    checkLayout(file, tensors, dataLength);
    return new SafetensorsHeader(metadata, tensors);
  }

  private static Object decode(Path file, ByteBuffer bytes) {
    try {
      return JsonParser.parse(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new InputProblem(file + ": not a safetensors file: its header is not UTF-8 text", REDO, e);
    } catch (JsonParser.JsonProblem e) {
      throw new InputProblem(file + ": the safetensors header is not valid: " + e.getMessage(), REDO, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Path file, Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new InputProblem(file + ": the safetensors header is not valid: " + what + " must be an object", REDO);
  }

  private static StoredTensor tensor(Path file, String name, Object value, long dataLength) {
    Map<String, Object> fields = object(file, value, "`" + name + "`");
    StoredType type = type(file, name, fields.get("dtype"));
    long[] shape = numbers(file, name, fields.get("shape"), "shape");
    long[] offsets = numbers(file, name, fields.get("data_offsets"), "data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw wrong(file, name, "data_offsets must be two numbers, begin and end", REDO);
    }
    if (offsets[1] > dataLength) {
      throw wrong(file, name, "ends at byte " + offsets[1] + " of the data, but the file has only " + dataLength
          + " (truncated?)", REDO);
    }
    int[] lengths = new int[shape.length];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      lengths[i] = (int) Math.min(shape[i], Integer.MAX_VALUE);
      size = shape[i] > Integer.MAX_VALUE ? Long.MAX_VALUE : Math.multiplyHigh(size, shape[i]) != 0 ? Long.MAX_VALUE
          : size * shape[i];
      if (size > Integer.MAX_VALUE) {
        throw wrong(file, name, "shape " + Arrays.toString(shape) + " has more elements than a Java array can hold",
            REDO);
      }
    }
    if (size * type.bits != (offsets[1] - offsets[0]) * 8) {
      throw wrong(file, name, "shape " + Arrays.toString(shape) + " of " + type + " takes " + size * type.bits / 8
          + " bytes, but data_offsets give it " + (offsets[1] - offsets[0]), REDO);
    }
    return new StoredTensor(name, type, lengths, offsets[0], offsets[1]);
  }

  private static StoredType type(Path file, String name, Object dtype) {
    List<String> known = Arrays.stream(StoredType.values()).map(StoredType::name).toList();
    if (dtype instanceof String text && known.contains(text)) {
      return StoredType.valueOf(text);
    }
    throw wrong(file, name, "unknown dtype `" + dtype + "`" + Suggestion.didYouMean(String.valueOf(dtype), known),
        "Known are " + String.join(", ", known) + ".");
  }

  private static long[] numbers(Path file, String name, Object value, String what) {
    if (value instanceof List<?> list && list.stream().allMatch(n -> n instanceof Long l && l >= 0)) {
      return list.stream().mapToLong(n -> (Long) n).toArray();
    }
    throw wrong(file, name, what + " must be a list of whole numbers, not " + value, REDO);
  }

  /** Every byte of the data must belong to exactly one tensor. */
  private static void checkLayout(Path file, Map<String, StoredTensor> tensors, long dataLength) {
    List<StoredTensor> sorted = tensors.values().stream()
        .sorted(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end)).toList();
    long end = 0;
    String before = "the header";
    for (StoredTensor tensor : sorted) {
      if (tensor.begin() < end) {
        throw wrong(file, tensor.name(), "overlaps `" + before + "`", REDO);
      }
      if (tensor.begin() > end) {
        throw wrong(file, tensor.name(), (tensor.begin() - end) + " bytes before it belong to no tensor", REDO);
      }
      end = tensor.end();
      before = tensor.name();
    }
    if (end != dataLength) {
      throw new InputProblem(file + ": " + (dataLength - end) + " bytes after the last tensor belong to no tensor",
          REDO);
    }
  }

  private static InputProblem wrong(Path file, String name, String message, String help) {
    return new InputProblem(file + ": tensor `" + name + "`: " + message, help);
  }
}
