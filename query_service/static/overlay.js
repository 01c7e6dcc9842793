// The file can also be dropped, anywhere on the field; without this script it is chosen by the button alone.
for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector('input[type="file"]');
  const chosen = drop.querySelector(".chosen");
  const tell = () => {
    const file = input.files[0];
    chosen.textContent = file ? drop.dataset.chosen.replace("%s", file.name) : "";
  };
  drop.querySelector(".drop-hint").hidden = false;
  input.addEventListener("change", tell);
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      tell();
    }
  });
}
