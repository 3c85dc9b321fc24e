package org.dlm.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * What generated programs ask of the tensors they are handed. A message names the function, the tensor, its declared
 * shape and the line of the model that declares it.
 */
public final class EntryCheck {
  private final String function;
  private final String place;
  private final List<Port> ports;

  /** {@code place}: file and line of the function in the model's source. */
  public EntryCheck(String function, String place, List<Port> ports) {
    this.function = function;
    this.place = place;
    this.ports = ports;
  }

  /** The tensors the function takes. */
  public List<Port> ports() {
    return ports;
  }

  public void count(Tensor[] inputs) {
    if (inputs.length != ports.size()) {
      throw new InputProblem("`" + function + "` takes " + ports.size() + " tensors, not " + inputs.length
          + at(), "it is " + function + ports);
    }
  }

  /** The array of an f32 input of the right rank. */
  public float[] floats(Tensor[] inputs, int i) {
    kind(inputs, i);
    return ((FloatTensor) inputs[i]).data();
  }

  /** The array of an i32 or bool input of the right rank. */
  public int[] ints(Tensor[] inputs, int i) {
    kind(inputs, i);
    return ((IntTensor) inputs[i]).data();
  }

  private void kind(Tensor[] inputs, int i) {
    Port port = ports.get(i);
    if (inputs[i] == null) {
      throw new InputProblem("input `" + port.name() + "` of `" + function + "` is missing" + at(), "it needs " + port);
    }
    if (inputs[i].type() != port.type() || inputs[i].shape().length != port.dims().size()) {
      throw wrong(inputs, i, "");
    }
  }

  /** The open dim {@code d} from an axis that is {@code factor * d + constant} long. */
  public int solve(Tensor[] inputs, int i, int axis, int factor, int constant) {
    int rest = inputs[i].shape()[axis] - constant;
    if (rest < factor || rest % factor != 0) {
      throw inputs[i].shape()[axis] == 0 ? wrong(inputs, i, ": axis " + axis + " is empty")
          : wrong(inputs, i, ": axis " + axis + " cannot be " + ports.get(i).dims().get(axis));
    }
    return rest / factor;
  }

  /** The axis must be that long. */
  public void axis(Tensor[] inputs, int i, int axis, long length) {
    if (inputs[i].shape()[axis] != length) {
      throw wrong(inputs, i, ": axis " + axis + " must be " + length);
    }
  }

  /** A {@code require} of the model; {@code where}: its file and line. */
  public void require(boolean holds, String message, String where) {
    if (!holds) {
      throw new InputProblem("`" + function + "` requires " + message + " (" + where + ")", "");
    }
  }

  /** An input that {@code lookup} uses as indices into an axis of length {@code extent}. */
  public void indices(Tensor[] inputs, int i, int extent, String lookup) {
    int[] data = ((IntTensor) inputs[i]).data();
    for (int at = 0; at < data.length; at++) {
      if (data[at] < 0 || data[at] >= extent) {
        throw new InputProblem("input `" + ports.get(i).name() + "` of `" + function + "`: element " + at + " is "
            + data[at] + ", which is outside 0 .. " + (extent - 1) + " (" + lookup + ")",
            "labels and ids count from 0 to one less than the number of classes");
      }
    }
  }

  private InputProblem wrong(Tensor[] inputs, int i, String detail) {
    Tensor tensor = inputs[i];
    String kind = tensor.type() == ElementType.F32 ? "" : tensor.type().name().toLowerCase(java.util.Locale.ROOT);
    return new InputProblem("input `" + ports.get(i).name() + "` of `" + function + "` is " + kind
        + Arrays.toString(tensor.shape()) + ", but needs " + type(ports.get(i)) + detail + at(), "");
  }

  private static String type(Port port) {
    return (port.type() == ElementType.F32 ? "" : port.type().name().toLowerCase(java.util.Locale.ROOT)) + port.dims();
  }

  private String at() {
    return " (" + place + ")";
  }
}
