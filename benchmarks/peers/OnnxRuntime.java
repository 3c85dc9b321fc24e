import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** Inference in ONNX Runtime of what {@code dlm export} wrote. */
final class OnnxRuntime {
  public static void main(String[] arguments) throws Exception {
    PeerTiming timing = new PeerTiming(arguments);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(timing.threads());
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    boolean flat = timing.option("only").equals("mlp");
    try (OrtSession session = environment.createSession(timing.option("model"), options)) {
      String input = session.getInputNames().iterator().next();
      for (int batch : new int[] {1, 64}) {
        try (OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(PeerTiming.numbers(batch * 784)),
            flat ? new long[] {batch, 784} : new long[] {batch, 1, 28, 28})) {
          timing.infer(batch, () -> {
            try (OrtSession.Result result = session.run(Map.of(input, x))) {
              if (((OnnxTensor) result.get(0)).getFloatBuffer().remaining() != batch * 10) {
                throw new IllegalStateException("not 10 scores for each of " + batch);
              }
            }
          });
        }
      }
    }
    timing.write("onnxruntime");
  }
}
