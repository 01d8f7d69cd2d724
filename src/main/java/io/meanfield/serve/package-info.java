/**
 * Scores rows over HTTP with a registered model, follows its champion, and needs no SparkSession.
 *
 * <p>Imports pipeline and every package below it. Start reading at {@link
 * io.meanfield.serve.Server}, then {@link io.meanfield.serve.Champion}.
 */
package io.meanfield.serve;
