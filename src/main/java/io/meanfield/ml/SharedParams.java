package io.meanfield.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.shared.HasMaxIter;
import org.apache.spark.ml.param.shared.HasSeed;
import org.apache.spark.ml.param.shared.HasStepSize;
import org.apache.spark.ml.param.shared.HasValidationIndicatorCol;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * The params of an estimator that Spark's traits declare. A trait asks its class for a field and
 * sets it.
 *
 * @param <E> the estimator
 */
public interface SharedParams<E>
    extends HasMaxIter, HasStepSize, HasSeed, HasValidationIndicatorCol, HasWeightCol {

  /** Lets the traits create the params of the owner. */
  static void define(SharedParams<?> owner) {
    HasMaxIter.$init$(owner);
    HasStepSize.$init$(owner);
    HasSeed.$init$(owner);
    HasValidationIndicatorCol.$init$(owner);
    HasWeightCol.$init$(owner);
    owner.setDefault(owner.maxIter(), PreprocessingParams.AUTOMATIC);
    owner.setDefault(owner.seed(), 777L);
  }

  /** Returns the params of this instance. */
  ParamSet paramSet();

  @SuppressWarnings("unchecked")
  private E estimator(Params self) {
    return (E) self;
  }

  @Override
  default IntParam maxIter() {
    return paramSet().get("maxIter");
  }

  @Override
  default void org$apache$spark$ml$param$shared$HasMaxIter$_setter_$maxIter_$eq(IntParam param) {
    paramSet().add(param);
  }

  @Override
  default DoubleParam stepSize() {
    return paramSet().get("stepSize");
  }

  @Override
  default void org$apache$spark$ml$param$shared$HasStepSize$_setter_$stepSize_$eq(
      DoubleParam param) {
    paramSet().add(param);
  }

  @Override
  default LongParam seed() {
    return paramSet().get("seed");
  }

  @Override
  default void org$apache$spark$ml$param$shared$HasSeed$_setter_$seed_$eq(LongParam param) {
    paramSet().add(param);
  }

  @Override
  default Param<String> validationIndicatorCol() {
    return paramSet().get("validationIndicatorCol");
  }

  @Override
  default void
      org$apache$spark$ml$param$shared$HasValidationIndicatorCol$_setter_$validationIndicatorCol_$eq(
          Param<String> param) {
    paramSet().add(param);
  }

  @Override
  default Param<String> weightCol() {
    return paramSet().get("weightCol");
  }

  @Override
  default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {
    paramSet().add(param);
  }

  /**
   * Sets the number of epochs: train.epochs. 0, the default, lets the number of rows determine it.
   */
  default E setMaxIter(int value) {
    return estimator(set(maxIter(), value));
  }

  /** Sets the learning rate, by default that of the optimizer: network.optimizer.learning-rate. */
  default E setStepSize(double value) {
    return estimator(set(stepSize(), value));
  }

  /** Sets the seed of all random numbers, 777 by default: run.seed. */
  default E setSeed(long value) {
    return estimator(set(seed(), value));
  }

  /**
   * Sets the boolean column that marks validation rows. If not set, data.validation-fraction of the
   * rows (0.2) is drawn for validation.
   */
  default E setValidationIndicatorCol(String value) {
    return estimator(set(validationIndicatorCol(), value));
  }

  /**
   * Sets the column with the weight of each row, a number of at least 0: data.columns.weight. If
   * not set, all rows count once.
   */
  default E setWeightCol(String value) {
    return estimator(set(weightCol(), value));
  }
}
