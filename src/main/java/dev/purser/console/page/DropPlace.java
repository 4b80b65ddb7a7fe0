package dev.purser.console.page;

import java.nio.file.Path;

/** Where to put a file, from the endpoint that is watched: without its options, which may hold a password. */
final class DropPlace {

    private DropPlace() {}

    static String of(String dropUri) {
        String place = dropUri.replaceFirst("\\?.*", "");
        return place.startsWith("file:")
                ? Path.of(place.substring("file:".length()).replaceFirst("^//(?=/)", ""))
                        .toAbsolutePath()
                        .normalize()
                        .toString()
                : place.replaceFirst("^([a-z0-9+-]+:(?://)?)[^/@]*@", "$1");
    }
}
