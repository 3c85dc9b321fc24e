package org.dlm.runtime;

import java.util.Arrays;
import java.util.List;
import org.dlm.runtime.store.Initializers;

/** A model written by hand as the compiler would: {@code forward}, {@code loss} and {@code hits} of one linear layer. */
public final class SoftmaxRegression extends Model {
  private final int in;
  private final int classes;
  private final List<Function> functions;

  /** From this step on the loss is NaN. */
  public long poisonedFrom = Long.MAX_VALUE;

  public SoftmaxRegression(int in, int classes, String... exampleDims) {
    super(List.of(new Variable("net.weight", new int[] {classes, in}, 0, Initializers.normal(0, 0.1)),
            new Variable("net.bias", new int[] {classes}, classes * in, Initializers.zeros())), classes * in + classes,
        List.of(new Variable("net.calls", new int[] {1}, 0, Initializers.zeros())), 1);
    this.in = in;
    this.classes = classes;
    List<String> dims = new java.util.ArrayList<>(List.of("N"));
    dims.addAll(exampleDims.length == 0 ? List.of(Integer.toString(in)) : List.of(exampleDims));
    Port x = new Port("x", ElementType.F32, dims);
    Port label = new Port("label", ElementType.I32, List.of("N"));
    Port scalar = new Port("out", ElementType.F32, List.of());
    Port logits = new Port("out", ElementType.F32, List.of("N", Integer.toString(classes)));
    functions = List.of(new Form("forward", List.of(x), logits, false), new Form("loss", List.of(x, label), scalar, true),
        new Form("hits", List.of(x, label), scalar, false));
  }

  @Override
  public List<Function> functions() {
    return functions;
  }

  private final class Form implements Function {
    private final String name;
    private final List<Port> inputs;
    private final Port output;
    private final boolean differentiable;
    private final Program forward;
    private final Program gradient;

    Form(String name, List<Port> inputs, Port output, boolean differentiable) {
      this.name = name;
      this.inputs = inputs;
      this.output = output;
      this.differentiable = differentiable;
      forward = new Work(name, false);
      gradient = new Work(name, true);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<Port> inputs() {
      return inputs;
    }

    @Override
    public List<Port> outputs() {
      return List.of(output);
    }

    @Override
    public Program inference() {
      return forward;
    }

    @Override
    public Program training() {
      return forward;
    }

    @Override
    public boolean differentiable() {
      return differentiable;
    }

    @Override
    public Program gradient() {
      return gradient;
    }

    @Override
    public Program inferenceGradient() {
      return gradient;
    }
  }

  private final class Work extends Program {
    private final String name;
    private final boolean backward;
    private float[] x;
    private int[] label;
    private int n = -1;
    private float result;

    Work(String name, boolean backward) {
      super(SoftmaxRegression.this);
      this.name = name;
      this.backward = backward;
    }

    @Override
    protected boolean accept(Tensor[] inputs) {
      x = ((FloatTensor) inputs[0]).data();
      label = inputs.length > 1 ? ((IntTensor) inputs[1]).data() : null;
      int now = inputs[0].shape()[0];
      boolean changed = now != n;
      n = now;
      return changed;
    }

    @Override
    protected void plan() {
      arena = new float[n * classes];
    }

    @Override
    protected void execute() {
      logits();
      if (backward) {
        buffers[0]++;
        Arrays.fill(gradients, 0);
      }
      double sum = 0;
      for (int i = 0; i < n && label != null; i++) {
        sum += name.equals("hits") ? hit(i) : loss(i);
      }
      result = backward && step >= poisonedFrom ? Float.NaN : (float) (sum / n);
    }

    private void logits() {
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < classes; c++) {
          float sum = parameters[classes * in + c];
          for (int k = 0; k < in; k++) {
            sum += parameters[c * in + k] * x[i * in + k];
          }
          arena[i * classes + c] = sum;
        }
      }
    }

    private int hit(int i) {
      for (int c = 0; c < classes; c++) {
        if (arena[i * classes + c] > arena[i * classes + label[i]]) {
          return 0;
        }
      }
      return 1;
    }

    private double loss(int i) {
      double total = 0;
      for (int c = 0; c < classes; c++) {
        total += Math.exp(arena[i * classes + c]);
      }
      for (int c = 0; c < classes && backward; c++) {
        float g = (float) (Math.exp(arena[i * classes + c]) / total - (c == label[i] ? 1 : 0)) / n;
        gradients[classes * in + c] += g;
        for (int k = 0; k < in; k++) {
          gradients[c * in + k] += g * x[i * in + k];
        }
      }
      return Math.log(total) - arena[i * classes + label[i]];
    }

    @Override
    public float scalar(int i) {
      return result;
    }

    @Override
    public Tensor output(int i) {
      return name.equals("forward") ? new FloatTensor(arena.clone(), n, classes) : FloatTensor.scalar(result);
    }
  }
}
