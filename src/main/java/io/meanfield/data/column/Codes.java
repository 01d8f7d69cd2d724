package io.meanfield.data.column;

import io.meanfield.data.column.ColumnUse.Role;
import java.util.regex.Pattern;

/** Tells whole numbers that may be codes, such as that of a shop, from amounts and counts. */
public final class Codes {
  private static final int MOST_CODES = 20;
  private static final int LEAST_CODE = 10;
  private static final int GAPS = 3;

  // The last word of a name says what its numbers are: agent, but not agent_count.
  private static final Pattern NAME =
      Pattern.compile(
          "(.*[^A-Za-z])?(?i:id|code|key|nr|no|type|kind|class|category|group|status|agent|company"
              + "|customer|client|user|member|account|host|owner|seller|vendor|supplier|store|shop"
              + "|branch|office|depot|warehouse|region|district|zone|sector|area_code|zip|zipcode"
              + "|postcode|plz|city|state|county|country|station|stop|route|line|carrier|airline"
              + "|airport|channel|campaign|department|dept|product|item|sku|model|brand|sensor"
              + "|device|machine|gender|sex|race|occupation|job)"
              + "|.*[a-z](Id|ID|Code|Type|Class|Group|Status|Nr|No)");

  // Customers and the like: later rows are often of new ones, unlike those of shops and cities.
  private static final String GROUPS =
      "customer|client|user|member|patient|subject|person|participant|student|pupil|employee"
          + "|household|family|driver|player|machine|device|sensor|engine|battery";
  private static final Pattern GROUP =
      Pattern.compile(
          "(.*[^A-Za-z])?(?i:%1$s)([^A-Za-z]*(?i:id|key|code|nr|no|number|name))?"
              .formatted(GROUPS));
  private static final int FEW_GROUPS = 20;

  private Codes() {}

  /**
   * Returns whether the values of a column name groups of rows, such as those of a customer, and
   * later rows are often of new groups.
   */
  public static boolean areGroups(ColumnUse use, ColumnFacts facts) {
    long rows = facts.present();
    return GROUP.matcher(use.column()).matches()
        && use.role() != Role.TIME
        && facts.missing() == 0
        && facts.distinct() >= FEW_GROUPS
        && rows >= 2 * facts.distinct();
  }

  /**
   * Returns whether numbers may be codes: their column has a name such as agent or host_id, or
   * there are few of them with large gaps between.
   */
  public static boolean areLikely(ColumnUse use, ColumnFacts facts) {
    boolean hasComma = use.form().hasDecimalComma();
    if (use.role() != Role.NUMBER || !facts.areWhole(hasComma) || facts.distinct() <= 2) {
      return false;
    }
    double range = facts.largest(hasComma) - facts.least(hasComma) + 1;
    boolean haveGaps = range >= GAPS * facts.distinct();
    return NAME.matcher(use.column()).matches()
        || (facts.distinct() <= MOST_CODES && facts.least(hasComma) >= LEAST_CODE && haveGaps);
  }
}
