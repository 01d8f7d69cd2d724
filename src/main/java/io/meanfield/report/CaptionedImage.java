package io.meanfield.report;

import java.util.List;

/** A picture with what is written under it, in lines. */
public record CaptionedImage(RgbImage picture, List<String> caption) {}
