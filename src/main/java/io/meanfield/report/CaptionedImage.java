package io.meanfield.report;

import java.util.List;

/** An image and the lines of text below it. */
public record CaptionedImage(RgbImage image, List<String> caption) {}
