package io.genapi.chaos.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsTitlesLeftAndFiguresRight() {
        Table table = new Table()
                .row("", List.of("one", "three"))
                .row("jobs", List.of("1,000", "7"))
                .row("no", List.of(""));
        assertEquals("""
                        one  three
                jobs  1,000      7
                no
                """, table.toString().replace(System.lineSeparator(), "\n"));
    }
}
