/**
 * The reference engine: every network as a DL4J MultiLayerNetwork, on the CPU with one math thread.
 */
package io.meanfield.engine.dl4j;
