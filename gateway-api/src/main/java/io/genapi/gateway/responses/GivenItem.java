package io.genapi.gateway.responses;

import tools.jackson.databind.node.ObjectNode;

/**
 * One item of what a model was given.
 *
 * @param place among all of them, from 0
 * @param item not to be changed
 */
public record GivenItem(int place, ObjectNode item) {

    public String id() {
        return item.path("id").asString();
    }
}
