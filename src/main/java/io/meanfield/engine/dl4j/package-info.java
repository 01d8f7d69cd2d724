/** The reference engine: runs networks as DL4J computes them, on the CPU with one thread. */
package io.meanfield.engine.dl4j;
