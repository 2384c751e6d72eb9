import { mount } from "svelte";

import App from "./App.svelte";
import { connect } from "./backend/connect";
import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/layout.css";
import "./style/new-link.css";
import "./style/your-link.css";
import "./style/my-links.css";
import "./style/set-up.css";
import "./style/print.css";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has an element #app");
mount(App, { target, props: { backend: connect() } });
