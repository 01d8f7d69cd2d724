package io.meanfield.report.page;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A section of a page, with an entry in the page's navigation.
 *
 * @param id the anchor: small letters, digits and hyphens, unique in its page
 */
public record Section(String id, String title, List<Block> blocks) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

  public Section {
    Validity.text("the title of a section", title);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id of a section must have small letters, digits and hyphens only, found " + id);
    }
    blocks = Validity.filled("section " + id, "block", blocks);
  }
}
