package io.genapi.worker;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.worker.original.Originals;
import java.util.Optional;

/** A store of originals that says what a test tells it. Not thread-safe. */
public final class ScriptedOriginals implements Originals {

    private Optional<Original> original = Optional.empty();
    private boolean forgotten;
    private int silent;
    private int questions;

    /** From now on all keys have that original. */
    public ScriptedOriginals knowing(Original original) {
        this.original = Optional.of(original);
        return this;
    }

    /** It says nothing to the next so many questions. */
    public ScriptedOriginals afterSilence(int questions) {
        silent = questions;
        return this;
    }

    /** Nothing is known from now on, for certain or not. */
    public void forget(boolean certain) {
        original = Optional.empty();
        forgotten = certain;
    }

    /** How often it was asked which request was the first. */
    public int questions() {
        return questions;
    }

    @Override
    public Optional<Original> find(JobId id) {
        questions++;
        return silent-- > 0 ? Optional.empty() : original;
    }

    @Override
    public boolean isForgotten(JobId id) {
        return forgotten;
    }
}
