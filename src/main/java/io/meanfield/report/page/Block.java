package io.meanfield.report.page;

/** A part of a section. */
public sealed interface Block
    permits BarChart,
        Cards,
        DataTable,
        Facts,
        Gallery,
        HeatMap,
        Hint,
        LineChart,
        Paragraph,
        ScatterChart {}
