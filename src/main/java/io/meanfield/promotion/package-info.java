/**
 * The decision whether a challenger replaces the champion: the rule, its settings, and the
 * statistical tests. Arithmetic alone, without Spark.
 *
 * <p>Imports random and settings. Start reading at {@link io.meanfield.promotion.PromotionRule}.
 */
package io.meanfield.promotion;
