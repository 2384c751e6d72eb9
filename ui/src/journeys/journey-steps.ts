/** What a person does in the journeys: opens the window, clicks, types. */
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect } from "vitest";

import App from "../App.svelte";
import type { AnswerSetUpRequest } from "../backend/bindings";
import { Fake, type FakeOptions } from "../backend/fake";

// In the window a screen is fetched in a moment; here it would be translated first, which takes seconds.
import.meta.glob("../screens/*.svelte", { eager: true });

export const open = (options: FakeOptions = {}) => {
  const backend = new Fake(options);
  render(App, { backend });
  return backend;
};

export const click = async (name: string | RegExp) => fireEvent.click(await screen.findByRole("button", { name }));

export const type = async (label: string, value: string) => fireEvent.input(await screen.findByLabelText(label), { target: { value } });

export const hasKeyboard = async (element: Promise<HTMLElement>) => expect(await element).toBe(document.activeElement);

export const valueOf = async (label: string) => (await screen.findByLabelText<HTMLInputElement>(label)).value;

export const valuesOf = (...labels: string[]) => Promise.all(labels.map(valueOf));

/** What a choice is called, without the day on which it ends. */
export const nameOfChoice = (radio: HTMLElement) => (radio.querySelector(".name") ?? radio).textContent;

/** A button of the list of sites, by the site's name. */
export const rowOf = (name: string) => screen.findByRole("button", { name: new RegExp(`^${name}`) });

/** To a site's details. */
export const openSite = async (name: string) => {
  await click("Sites");
  await fireEvent.click(await rowOf(name));
  await screen.findByRole("heading", { level: 1, name });
};

/** To what is for the IT person of a site. */
export const openForIt = async (name: string) => {
  await openSite(name);
  const fold = await screen.findByRole("button", { name: "For your IT person" });
  if (fold.getAttribute("aria-expanded") === "false") await fireEvent.click(fold);
};

/** What the backend was asked with a command, time after time. */
export const asked = (backend: Fake, command: string) =>
  backend.calls.filter((call) => call.command === command).map(({ request }) => request);

/** What was typed and ticked of a set-up, as it was sent last. */
export const lastAnswers = (backend: Fake) => (asked(backend, "answerSetUp").at(-1) as AnswerSetUpRequest).answers;

/** Waits until a step of a set-up is unfolded and has the keyboard. */
export const isOpen = async (title: string) => {
  const button = await screen.findByRole("button", { name: new RegExp(title), expanded: true });
  await waitFor(() => expect(document.activeElement).toBe(button));
};
