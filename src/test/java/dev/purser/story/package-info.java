/**
 * Stories: the packaged program as a process of its own, with a real PostgreSQL, a real broker and the sandbox over HTTP.
 * {@link dev.purser.story.Parts} starts what it needs once, {@link dev.purser.story.PurserProcess} is Purser itself.
 */
package dev.purser.story;
