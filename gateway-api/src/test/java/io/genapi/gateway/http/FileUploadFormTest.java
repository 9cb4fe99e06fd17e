package io.genapi.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FileUploadFormTest {

    @Test
    void cutsALongNameToWholeCharacters() {
        assertEquals("x".repeat(511) + "?", FileUploadForm.name("x".repeat(511) + "😀"));
        assertEquals("x".repeat(510) + "😀", FileUploadForm.name("x".repeat(510) + "😀 more"));
        assertEquals("in.jsonl", FileUploadForm.name("a/b/in.jsonl"));
        assertEquals("file", FileUploadForm.name(" "));
    }
}
