package io.meanfield.report.page;

import java.util.List;

/** Small pictures side by side. */
public record Gallery(String caption, List<Picture> pictures) implements Block {
  public Gallery {
    Validity.text("the caption of a gallery", caption);
    pictures = Validity.filled("gallery " + caption, "picture", pictures);
  }
}
