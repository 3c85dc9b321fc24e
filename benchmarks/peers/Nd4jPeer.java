import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Inference in ND4J, with weights of its own; threads are told by OMP_NUM_THREADS. */
final class Nd4jPeer {
  public static void main(String[] arguments) throws Exception {
    PeerTiming timing = new PeerTiming(arguments);
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    boolean flat = timing.option("only").equals("mlp");
    UnaryOperator<INDArray> model = flat ? mlp() : lenet5();
    for (int batch : new int[] {1, 64}) {
      INDArray x = Nd4j.create(PeerTiming.numbers(batch * 784),
          flat ? new long[] {batch, 784} : new long[] {batch, 1, 28, 28}, 'c');
      timing.infer(batch, () -> {
        try (INDArray scores = model.apply(x)) {
          if (scores.length() != batch * 10L) {
            throw new IllegalStateException("not 10 scores for each of " + batch);
          }
        }
      });
    }
    timing.write("nd4j");
    System.exit(0); // its threads would keep the process
  }

  private static UnaryOperator<INDArray> mlp() {
    UnaryOperator<INDArray> first = linear(784, 512);
    UnaryOperator<INDArray> second = linear(512, 256);
    UnaryOperator<INDArray> third = linear(256, 10);
    return x -> third.apply(Transforms.relu(second.apply(Transforms.relu(first.apply(x), false)), false));
  }

  private static UnaryOperator<INDArray> lenet5() {
    UnaryOperator<INDArray> first = convolution(1, 6, 2);
    UnaryOperator<INDArray> second = convolution(6, 16, 0);
    UnaryOperator<INDArray> third = linear(400, 120);
    UnaryOperator<INDArray> fourth = linear(120, 84);
    UnaryOperator<INDArray> fifth = linear(84, 10);
    return x -> {
      INDArray image = pool(Transforms.tanh(first.apply(x), false));
      image = pool(Transforms.tanh(second.apply(image), false));
      INDArray flat = image.reshape('c', image.size(0), 400);
      return fifth.apply(Transforms.tanh(fourth.apply(Transforms.tanh(third.apply(flat), false)), false));
    };
  }

  private static UnaryOperator<INDArray> linear(int in, int out) {
    INDArray weight = Nd4j.create(PeerTiming.numbers(in * out), new long[] {in, out}, 'f').muli(0.05f);
    INDArray bias = Nd4j.create(PeerTiming.numbers(out), new long[] {1, out}, 'c').muli(0.05f);
    return x -> x.mmul(weight).addiRowVector(bias);
  }

  private static UnaryOperator<INDArray> convolution(int in, int out, int padding) {
    INDArray weight = Nd4j.create(PeerTiming.numbers(25 * in * out), new long[] {5, 5, in, out}, 'c').muli(0.05f);
    INDArray bias = Nd4j.create(PeerTiming.numbers(out), new long[] {out}, 'c').muli(0.05f);
    Conv2DConfig config = Conv2DConfig.builder().kH(5).kW(5).pH(padding).pW(padding).sH(1).sW(1).dH(1).dW(1)
        .dataFormat("NCHW").build();
    return x -> Nd4j.cnn().conv2d(x, weight, bias, config);
  }

  private static INDArray pool(INDArray x) {
    return Nd4j.cnn().avgPooling2d(x, Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(false).build());
  }
}
