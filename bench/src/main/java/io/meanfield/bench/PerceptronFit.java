package io.meanfield.bench;

import breeze.linalg.DenseVector;
import breeze.math.MutableInnerProductModule;
import breeze.optimize.CachedDiffFunction;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer.State;
import breeze.optimize.LBFGS;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.ann.ANNGradient;
import org.apache.spark.ml.ann.ANNUpdater;
import org.apache.spark.ml.ann.DataStacker;
import org.apache.spark.ml.ann.FeedForwardTopology;
import org.apache.spark.ml.ann.TopologyModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.optimization.Gradient;
import org.apache.spark.mllib.optimization.Updater;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The fit of MLlib's MultilayerPerceptronClassifier with its defaults, one iteration of L-BFGS at a
 * time. Calls the same parts in the same order. Driver only.
 */
final class PerceptronFit implements AutoCloseable {
  private static final int BLOCK_SIZE = 128;
  private static final int CORRECTIONS = 10;
  private static final double TOLERANCE = 1e-6;
  private static final int UNLIMITED = -1;

  private final FeedForwardTopology topology;
  private final JavaRDD<Tuple2<Object, org.apache.spark.mllib.linalg.Vector>> blocks;
  private final Iterator<State<DenseVector<Object>, Object, Object>> states;
  private DenseVector<Object> weights;

  /**
   * Stacks the examples into blocks and evaluates the initial weights.
   *
   * @param examples features and one-hot labels
   * @param layers units, from input to output
   */
  PerceptronFit(JavaRDD<Tuple2<Vector, Vector>> examples, int[] layers, long seed) {
    DataStacker stacker = new DataStacker(BLOCK_SIZE, layers[0], layers[layers.length - 1]);
    topology = FeedForwardTopology.multiLayerPerceptron(layers, true);
    blocks =
        stacker
            .stack(examples.rdd())
            .toJavaRDD()
            .map(block -> new Tuple2<>(block._1(), mllibVector(block._2())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    MutableInnerProductModule<DenseVector<Object>, Object> space = DenseVector.space_Double();
    states =
        new LBFGS<>(UNLIMITED, CORRECTIONS, TOLERANCE, space)
            .iterations(
                new CachedDiffFunction<>(
                    cost(new ANNGradient(topology, stacker)),
                    DenseVector.canCopyDenseVector(ClassTag$.MODULE$.apply(double.class))),
                new DenseVector<>(topology.model(seed).weights().toArray()));
    weights = states.next().x();
  }

  private static org.apache.spark.mllib.linalg.Vector mllibVector(Vector vector) {
    return org.apache.spark.mllib.linalg.Vectors.fromML(vector);
  }

  // MLlib's own cost function, which is private in Scala.
  @SuppressWarnings("unchecked")
  private DiffFunction<DenseVector<Object>> cost(Gradient gradient) {
    try {
      return Class.forName("org.apache.spark.mllib.optimization.LBFGS$CostFun")
          .asSubclass(DiffFunction.class)
          .getConstructor(RDD.class, Gradient.class, Updater.class, double.class, long.class)
          .newInstance(blocks.rdd(), gradient, new ANNUpdater(), 0.0, blocks.count());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the MLlib of Spark 3.5", e);
    }
  }

  /**
   * Runs one iteration.
   *
   * @throws java.util.NoSuchElementException if the search has already converged
   */
  void iterate() {
    weights = states.next().x();
  }

  double[] weights() {
    return (double[]) weights.data();
  }

  /** Returns the model with the current weights. */
  TopologyModel model() {
    return topology.model(Vectors.dense(weights()));
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
