package io.genapi.runtime.catalog;

/** In which order the candidates of a model are asked. */
public enum Strategy {

    /** Each candidate comes first equally often. */
    EVEN,

    /** Each comes first as often as its weight says. */
    WEIGHTED,

    /** In the order of the catalog: the others only while those before them cannot. */
    FALLBACK,

    /** The one that has answered fastest of late comes first. */
    FASTEST
}
