package io.meanfield.gate;

import io.meanfield.data.Dataset;
import java.util.function.Supplier;

/**
 * Data that the gate checks. Driver only.
 *
 * @param open reads the data
 * @param provenSettings whether the champion's data were read with the same settings, so that data
 *     that do not suit them have changed
 */
public record GateData(Supplier<Dataset> open, boolean provenSettings) {}
