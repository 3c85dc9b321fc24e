import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.translate.NoopTranslator;

/** Inference in DJL with its PyTorch engine, of blocks with weights of their own. */
final class Djl {
  public static void main(String[] arguments) throws Exception {
    PeerTiming timing = new PeerTiming(arguments);
    System.setProperty("ai.djl.pytorch.num_threads", timing.option("threads"));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    boolean flat = timing.option("only").equals("mlp");
    try (Model model = Model.newInstance("peer", "PyTorch"); NDManager manager = NDManager.newBaseManager("PyTorch")) {
      model.setBlock(flat ? mlp() : lenet5());
      model.getBlock().initialize(manager, DataType.FLOAT32, shape(flat, 64));
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator(null))) {
        for (int batch : new int[] {1, 64}) {
          NDArray x = manager.create(PeerTiming.numbers(batch * 784)).reshape(shape(flat, batch));
          timing.infer(batch, () -> {
            try (NDList scores = predictor.predict(new NDList(x))) {
              if (scores.getFirst().toFloatArray().length != batch * 10) {
                throw new IllegalStateException("not 10 scores for each of " + batch);
              }
            }
          });
        }
      }
    }
    timing.write("djl");
  }

  private static Shape shape(boolean flat, int batch) {
    return flat ? new Shape(batch, 784) : new Shape(batch, 1, 28, 28);
  }

  private static SequentialBlock mlp() {
    return new SequentialBlock().add(linear(512)).add(Activation.reluBlock()).add(linear(256))
        .add(Activation.reluBlock()).add(linear(10));
  }

  private static SequentialBlock lenet5() {
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(6).optPadding(new Shape(2, 2)).build())
        .add(Activation.tanhBlock()).add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(16).build())
        .add(Activation.tanhBlock()).add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock()).add(linear(120)).add(Activation.tanhBlock()).add(linear(84))
        .add(Activation.tanhBlock()).add(linear(10));
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
