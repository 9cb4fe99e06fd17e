package io.genapi.worker.dialect.gemini.answer;

/**
 * Why a candidate ended.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#FinishReason">Gemini's reasons</a>
 */
enum Finish {
    /** The model said all it wanted to. */
    STOP,
    /** The limit of tokens was reached. */
    LENGTH,
    /** Gemini keeps the answer, or the rest of it, to itself. */
    WITHHELD,
    /** The model did not manage to answer. */
    BOTCHED;

    static Finish of(String reason) {
        return switch (reason) {
            case "", "STOP", "FINISH_REASON_UNSPECIFIED" -> STOP;
            case "MAX_TOKENS" -> LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> WITHHELD;
            default -> BOTCHED;
        };
    }

    /** OpenAI's word; a botched answer that says something nevertheless has just stopped. */
    String reason(boolean toolCalls) {
        return switch (this) {
            case STOP, BOTCHED -> toolCalls ? "tool_calls" : "stop";
            case LENGTH -> "length";
            case WITHHELD -> "content_filter";
        };
    }
}
