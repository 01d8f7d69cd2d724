/**
 * Estimators and models of Spark ML: the rounds of {@code train} on a DataFrame.
 *
 * <p>Spark's abstract classes are Scala's: {@code uid()} is called before a field of a subclass is
 * initialised, and a Scala trait needs its {@code $init$} called. The same jar runs on Scala 2.12
 * and 2.13, so no method with a {@code Seq} in its signature is called.
 *
 * <p>Imports pipeline and every package below it. Start reading at {@link
 * io.meanfield.ml.MeanfieldClassifier}, then {@link io.meanfield.ml.FrameFit}.
 */
package io.meanfield.ml;
