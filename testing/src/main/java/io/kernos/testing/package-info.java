/**
 * What the tests of several rooms share; no part of Kernos itself.
 */
package io.kernos.testing;
