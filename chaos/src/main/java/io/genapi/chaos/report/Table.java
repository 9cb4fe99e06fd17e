package io.genapi.chaos.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of words with a title for each row; columns are as wide as their widest word. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row. */
    public Table row(String title, List<String> cells) {
        List<String> row = new ArrayList<>();
        row.add(title);
        row.addAll(cells);
        rows.add(row);
        return this;
    }

    /** The first column to the left, all others to the right. */
    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        });
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths.get(i) - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        });
        return text.toString();
    }
}
