package io.meanfield.report.page;

import java.util.List;

/**
 * A section of a page, with an entry in the page's navigation.
 *
 * @param id the anchor: small letters, digits and hyphens, unique in its page
 */
public record Section(String id, String title, List<Block> blocks) {}
