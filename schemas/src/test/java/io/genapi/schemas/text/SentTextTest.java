package io.genapi.schemas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SentTextTest {

    @Test
    void anExcerptIsTheTextWhereThatIsShort() {
        assertEquals("x".repeat(64), SentText.excerpt("x".repeat(64)));
    }

    @Test
    void anExcerptOfALongTextSaysSo() {
        assertEquals("x".repeat(64) + "…", SentText.excerpt("x".repeat(65)));
    }

    @Test
    void anExcerptCutsNoPairOfSurrogates() {
        assertEquals("x".repeat(63) + "…", SentText.excerpt("x".repeat(63) + "😀"));
        assertEquals("x".repeat(62) + "😀…", SentText.excerpt("x".repeat(62) + "😀!"));
    }

    @Test
    void halvesOfPairsAreNotWellFormedAndReplaced() {
        assertTrue(SentText.isWellFormed("grüß 😀"));
        assertFalse(SentText.isWellFormed("\ud83d-1"));
        assertEquals("?-1", SentText.wellFormed("\ud83d-1"));
        assertEquals("grüß 😀", SentText.wellFormed("grüß 😀"));
    }
}
